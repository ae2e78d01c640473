// The environment variables of the function; server/src/config/ defines them.
import { OPTIONS } from './options.js';
import type { Settings } from './settings.js';

export function environment(settings: Settings, secretArn: string): Record<string, string> {
  const isDefault = settings.prices === '' && settings.model === OPTIONS.model.initial;
  const variables: Record<string, string> = {
    // Not the key itself: everybody who may list functions can read their environment.
    SECRET_ARN: secretArn,
    // The server knows the prices of its default models only if neither variable is set.
    OPENAI_MODEL: isDefault ? '' : settings.model,
    OPENAI_PRICES: settings.prices,
    MODEL_BUDGET: settings.modelBudget,
    OPENAI_BASE_URL: settings.baseUrl,
    OPENAI_ORGANIZATION: settings.organization,
    OPENAI_PROJECT: settings.project,
    OPENAI_DEADLINE: String(settings.deadline),
    REQUEST_TIMEOUT: String(settings.requestTimeout),
    OPENINGS: String(settings.openings),
    PONDER: String(settings.ponder),
    QUESTION_TTL: String(settings.questionTtl),
    LOG: settings.log,
    // So that the test of a rotated key takes seconds, not minutes.
    SECRET_TTL: settings.emulator ? '2' : '',
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}
