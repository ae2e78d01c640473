// The environment variables of the function; server/src/config/variables.rs says what each takes.
import { openings } from './files.js';
import { OPTIONS } from './options.js';
import type { Settings } from './settings.js';

export function environment(settings: Settings, secretArn: string): Record<string, string> {
  const areDefaults = settings.prices === '' && settings.model === OPTIONS.model.initial;
  const variables: Record<string, string> = {
    // The key itself is never in the environment, where whoever may list functions could read it.
    SECRET_ARN: secretArn,
    // The server knows the prices of its own models, as long as it isn't told others.
    OPENAI_MODEL: areDefaults ? '' : settings.model,
    OPENAI_PRICES: settings.prices,
    OPENAI_BASE_URL: settings.baseUrl,
    OPENAI_ORGANIZATION: settings.organization,
    OPENAI_PROJECT: settings.project,
    OPENAI_DEADLINE: String(settings.deadline),
    REQUEST_TIMEOUT: String(settings.requestTimeout),
    OPENINGS: openings(settings.site),
    PONDER: String(settings.ponder),
    QUESTION_TTL: String(settings.questionTtl),
    LOG: settings.log,
    // Else the test of a rotated key would take as long as the server keeps one.
    SECRET_TTL: settings.emulator ? '2' : '',
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}
