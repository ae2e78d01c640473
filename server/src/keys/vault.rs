//! Reads the keys from one secret in AWS Secrets Manager, so that no environment and no template has
//! them.
//!
//! That takes one signed request, sent by the HTTP client that the model needs anyway. The SDK would
//! bring a second HTTP client and a second TLS library for it.

use crate::config::{Arn, Config, bare};
use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4::SigningParams,
};
use model::client_builder;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use std::{
    error::Error,
    time::{Duration, SystemTime},
};

/// How long Secrets Manager may take. A player waits for it.
const TIMEOUT: Duration = Duration::from_secs(2);

/// What a new secret holds instead of a key.
const PLACEHOLDER: &str = "placeholder";

/// The keys in the secret. Its text is JSON with the names of the variables. Any other text is refused, lest a secret that
/// was meant for something else is sent to the model's server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    openai: Option<SecretString>,
    seal: Option<SecretString>,
}

impl Keys {
    fn read(text: &str) -> Result<Self, VaultError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
        struct Form {
            openai_api_key: Option<String>,
            seal_key: Option<String>,
        }
        // The parser's error could quote the secret.
        let form: Form = serde_json::from_str(bare(text)).map_err(|_| VaultError::NotKeys)?;
        let secret = |text: Option<String>| {
            let text = text.as_deref().map(bare);
            text.filter(|text| !text.is_empty() && *text != PLACEHOLDER)
                .map(SecretString::from)
        };
        Ok(Self {
            openai: secret(form.openai_api_key),
            seal: secret(form.seal_key),
        })
    }

    /// The value of one of the two variables.
    pub(crate) fn lookup(&self, name: &str) -> Option<String> {
        let secret = match name {
            "OPENAI_API_KEY" => &self.openai,
            "SEAL_KEY" => &self.seal,
            _ => return None,
        };
        secret
            .as_ref()
            .map(|secret| secret.expose_secret().to_owned())
    }
}

impl PartialEq for Keys {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Option<SecretString>, b: &Option<SecretString>| {
            a.as_ref().map(SecretString::expose_secret)
                == b.as_ref().map(SecretString::expose_secret)
        };
        same(&self.openai, &other.openai) && same(&self.seal, &other.seal)
    }
}

/// Why there are no keys. It is safe to log: AWS's messages contain the secret's name at most.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There are no credentials to read it with.
    #[error(
        "SECRET_ARN needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as AWS Lambda sets them"
    )]
    NoCredentials,
    /// The request can't be signed.
    #[error("the request for the secret can't be signed")]
    Signing(#[source] Box<dyn Error + Send + Sync>),
    /// There is no response, or not in time.
    #[error("Secrets Manager can't be reached")]
    Unreachable(#[source] reqwest::Error),
    /// AWS refuses the request.
    #[error("Secrets Manager refuses with {0} {1}")]
    Refused(u16, String),
    /// The response has no text. A parser's error could quote the secret, so it isn't kept.
    #[error("the secret holds no text")]
    NoText,
    /// The text isn't what the server expects. The parser's error isn't kept, likewise.
    #[error(
        "the secret must hold JSON like {{\"OPENAI_API_KEY\": \"...\", \"SEAL_KEY\": \"...\"}} and nothing else"
    )]
    NotKeys,
    /// `AWS_ENDPOINT_URL` isn't a URL.
    #[error("AWS_ENDPOINT_URL must be a URL")]
    Endpoint,
}

/// Reads one secret.
#[derive(Debug)]
pub(crate) struct Vault {
    http: reqwest::Client,
    endpoint: String,
    arn: Arn,
    credentials: Credentials,
}

impl Vault {
    /// The vault of `SECRET_ARN`, if that is set. The environment has the credentials and, for an emulator,
    /// `AWS_ENDPOINT_URL`.
    ///
    /// # Errors
    /// [`VaultError::NoCredentials`], or [`VaultError::Unreachable`] if the system has no certificates.
    pub(crate) fn new(
        config: &Config,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, VaultError> {
        let Some(arn) = config.secret_arn.clone() else {
            return Ok(None);
        };
        let variable = |name| lookup(name).filter(|value| !value.is_empty());
        let (Some(id), Some(secret)) = (
            variable("AWS_ACCESS_KEY_ID"),
            variable("AWS_SECRET_ACCESS_KEY"),
        ) else {
            return Err(VaultError::NoCredentials);
        };
        let token = variable("AWS_SESSION_TOKEN");
        let endpoint = variable("AWS_ENDPOINT_URL").unwrap_or_else(|| arn.endpoint());
        let url = Url::parse(&endpoint).map_err(|_| VaultError::Endpoint)?;
        let http = client_builder(&url)
            .timeout(TIMEOUT)
            .build()
            .map_err(VaultError::Unreachable)?;
        Ok(Some(Self {
            http,
            endpoint,
            arn,
            credentials: Credentials::new(id, secret, token, None, "environment"),
        }))
    }

    /// The current keys.
    ///
    /// # Errors
    /// [`VaultError`].
    ///
    /// Source: <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html>.
    pub(crate) async fn read(&self) -> Result<Keys, VaultError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct SecretValue {
            secret_string: String,
        }
        let body = json!({"SecretId": self.arn.as_str()}).to_string();
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "secretsmanager.GetSecretValue"),
        ];
        let signature = self.sign(&body, &headers).map_err(VaultError::Signing)?;
        let mut request = self.http.post(&self.endpoint);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        for (name, value) in signature {
            request = request.header(name, value);
        }
        let response = request.body(body).send().await;
        let unreachable = |error: reqwest::Error| VaultError::Unreachable(error.without_url());
        let response = response.map_err(unreachable)?;
        let status = response.status();
        let body = response.bytes().await.map_err(unreachable)?;
        if !status.is_success() {
            return Err(VaultError::Refused(status.as_u16(), kind_of(&body)));
        }
        let value: SecretValue = serde_json::from_slice(&body).map_err(|_| VaultError::NoText)?;
        Keys::read(&value.secret_string)
    }

    /// The headers that sign the request.
    fn sign(
        &self,
        body: &str,
        headers: &[(&'static str, &'static str)],
    ) -> Result<Vec<(String, String)>, Box<dyn Error + Send + Sync>> {
        let identity = self.credentials.clone().into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(self.arn.region())
            .name("secretsmanager")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()?
            .into();
        let request = SignableRequest::new(
            "POST",
            &self.endpoint,
            headers.iter().copied(),
            SignableBody::Bytes(body.as_bytes()),
        )?;
        let (instructions, _) = sign(request, &parameters)?.into_parts();
        let signed = instructions.headers();
        Ok(signed
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect())
    }
}

/// The kind of an error response, such as `AccessDeniedException`.
fn kind_of(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Refusal {
        #[serde(rename = "__type")]
        kind: String,
    }
    let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
    let kind = refusal.map(|refusal| refusal.kind).unwrap_or_default();
    kind.rsplit('#').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_json_with_the_keys_and_nothing_else() {
        let keys =
            Keys::read("\u{feff}{\"OPENAI_API_KEY\":\" 'sk-1'\\r\",\"SEAL_KEY\":\"s\"}\n").unwrap();
        assert_eq!(keys.lookup("OPENAI_API_KEY").as_deref(), Some("sk-1"));
        assert_eq!(keys.lookup("SEAL_KEY").as_deref(), Some("s"));
        assert_eq!(keys.lookup("LOG"), None);
        for none in [
            r#"{"OPENAI_API_KEY":"placeholder"}"#,
            r#"{"OPENAI_API_KEY":""}"#,
            "{}",
        ] {
            assert_eq!(Keys::read(none).unwrap(), Keys::default(), "{none}");
        }
        for other in [
            "sk-1",
            "",
            r#"{"username":"me","password":"secret"}"#,
            r#"["secret"]"#,
        ] {
            let error = Keys::read(other).unwrap_err().to_string();
            assert!(error.starts_with("the secret must hold JSON"), "{error}");
        }
    }

    #[test]
    fn the_kind_of_a_refusal_is_read() {
        let body = br#"{"__type":"com.amazon#AccessDeniedException","Message":"User: arn"}"#;
        assert_eq!(kind_of(body), "AccessDeniedException");
        assert_eq!(kind_of(b"<html>"), "");
    }
}
