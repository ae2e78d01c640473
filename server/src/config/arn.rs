//! The name of a secret on AWS.

/// The name of a secret: `arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arn {
    text: String,
    partition: String,
    region: String,
}

impl Arn {
    /// Reads it; `None` if it isn't the ARN of a secret.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.splitn(7, ':').collect();
        let [
            "arn",
            partition,
            "secretsmanager",
            region,
            _account,
            "secret",
            name,
        ] = parts[..]
        else {
            return None;
        };
        // The region becomes part of a host name.
        let is_plain = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        (is_plain(partition) && is_plain(region) && !name.is_empty()).then(|| Self {
            text: text.to_owned(),
            partition: partition.to_owned(),
            region: region.to_owned(),
        })
    }

    /// The whole ARN.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The region that holds the secret.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// The URL of Secrets Manager in that region.
    pub(crate) fn endpoint(&self) -> String {
        let suffix = if self.partition == "aws-cn" {
            ".cn"
        } else {
            ""
        };
        format!(
            "https://secretsmanager.{}.amazonaws.com{suffix}/",
            self.region
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_says_where_its_secret_is() {
        let arn = Arn::parse("arn:aws:secretsmanager:eu-central-1:123456789012:secret:Keys-AbCdEf");
        assert_eq!(
            arn.unwrap().endpoint(),
            "https://secretsmanager.eu-central-1.amazonaws.com/"
        );
        let china = Arn::parse("arn:aws-cn:secretsmanager:cn-north-1:1:secret:a:b").unwrap();
        assert_eq!(
            china.endpoint(),
            "https://secretsmanager.cn-north-1.amazonaws.com.cn/"
        );
        for bad in [
            "Keys",
            "arn:aws:s3:::bucket",
            "arn:aws:secretsmanager:eu-central-1:1:secret:",
            "arn:aws:secretsmanager:evil.example/:1:secret:Keys",
        ] {
            assert_eq!(Arn::parse(bad), None, "{bad}");
        }
    }
}
