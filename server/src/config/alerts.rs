//! Where operators are told what they have to know.

use super::{Accounts, Http, Mail, Setting, Values};
use engine::{
    alerts::{Channels, Email, Github, Slack},
    egress::{Allowed, Egress},
    mail::check_address,
};
use std::fmt;
use url::Url;

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "ALERTS_EMAIL",
        default: "the address of ADMIN_EMAIL",
        secret: false,
        explain: "Who gets operators' alerts by mail, where mail can be sent.",
    },
    Setting {
        name: "SLACK_KEY",
        default: "no messages to Slack",
        secret: true,
        explain: "The webhook for operators' alerts: its whole address, or what stands behind the address of Slack, as \
                  services/T000/B000/XXXX.",
    },
    Setting {
        name: "SLACK_BASE_URL",
        default: "https://hooks.slack.com",
        secret: false,
        explain: "Where webhooks live, for those who run something that understands Slack's messages.",
    },
    Setting {
        name: "GITHUB_REPO",
        default: "no issues on GitHub",
        secret: false,
        explain: "owner/name of the repository in which issues are opened for critical alerts and for bad data.",
    },
    Setting {
        name: "GITHUB_KEY",
        default: "no issues on GitHub",
        secret: true,
        explain: "A token that may open issues there.",
    },
    Setting {
        name: "GITHUB_BASE_URL",
        default: "https://api.github.com",
        secret: false,
        explain: "The address of the GitHub API, for those who run their own.",
    },
    Setting {
        name: "WEBHOOK_ALLOW",
        default: "nothing",
        secret: false,
        explain: "Names, addresses and networks, as chat.internal,10.1.0.0/16, that webhooks may reach although they \
                  are inside the network of this program. What SLACK_BASE_URL and GITHUB_BASE_URL name is always \
                  allowed for the alerts of operators.",
    },
];

const SLACK: &str = "https://hooks.slack.com";
const GITHUB: &str = "https://api.github.com";

/// The section.
#[derive(Clone)]
pub struct Alerts {
    /// The ways to the operators, as far as they are set up.
    pub channels: Channels,
    /// What webhooks of tenants may reach inside the network.
    pub allowed: Allowed,
}

impl fmt::Debug for Alerts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Channels { email, slack, github, .. } = &self.channels;
        f.debug_struct("Alerts")
            .field("email", &email.is_some())
            .field("slack", &slack.is_some())
            .field("github", &github.is_some())
            .field("allowed", &self.allowed)
            .finish()
    }
}

impl Alerts {
    pub(super) fn read(values: &mut Values, http: &Http, accounts: &Accounts, mail: &Mail) -> Alerts {
        let allowed = values.parse("WEBHOOK_ALLOW", Allowed::parse).unwrap_or_default();
        let to = values.parse("ALERTS_EMAIL", |text| check_address(text).map(|()| text.to_string()));
        let to = to.or_else(|| accounts.admin_email.clone());
        let slack_base = values.parse("SLACK_BASE_URL", base);
        let github_base = values.parse("GITHUB_BASE_URL", base);
        let mut trusted = allowed.clone();
        for url in [&slack_base, &github_base].into_iter().flatten() {
            // `base` has seen to it that there is a host.
            trusted
                .add(url.host_str().unwrap_or_default())
                .unwrap_or_else(|why| values.problem("SLACK_BASE_URL", why));
        }
        let egress = Egress::new(trusted);
        let webhook = values.parse("SLACK_KEY", |key| webhook(key, slack_base.as_ref()));
        let repository = values.parse("GITHUB_REPO", repository);
        let token = values.get("GITHUB_KEY").map(str::to_string);
        if repository.is_some() != token.is_some() && values.problems.is_empty() {
            values.problem("GITHUB_REPO", "GITHUB_REPO and GITHUB_KEY belong together: set both or none");
        }
        let github_base = github_base.map_or(GITHUB.to_string(), |url| url.to_string());
        let channels = Channels {
            email: mail.mailer.clone().zip(to).map(|(mailer, to)| Email::new(mailer, to)),
            slack: webhook.map(|url| Slack::new(egress.clone(), url)),
            github: repository
                .zip(token)
                .map(|(name, token)| Github::new(egress, &github_base, &name, &token)),
            link: http.public_url.as_ref().map(|home| format!("{home}{}", app::routes::OPS_ALERTS)),
        };
        Alerts { channels, allowed }
    }
}

fn base(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| format!("`{text}` is not a URL"))?;
    match (url.scheme(), url.host_str()) {
        ("http" | "https", Some(_)) => Ok(url),
        _ => Err(format!("`{text}` is not http:// or https:// with a name")),
    }
}

/// The whole address of a webhook; at the base that is set, where one is.
fn webhook(key: &str, base: Option<&Url>) -> Result<String, String> {
    let path = match (Url::parse(key), base) {
        (Ok(url), None) if ["http", "https"].contains(&url.scheme()) => return Ok(url.to_string()),
        (Ok(url), _) => url.path().to_string(),
        (Err(_), _) if key.contains(char::is_whitespace) => return Err("is no address of a webhook".into()),
        (Err(_), _) => key.to_string(),
    };
    let base = base.map_or(SLACK, Url::as_str).trim_end_matches('/');
    Ok(format!("{base}/{}", path.trim_start_matches('/')))
}

fn repository(text: &str) -> Result<String, String> {
    let fine = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            && part != ".."
    };
    match text.split_once('/') {
        Some((owner, name)) if fine(owner) && fine(name) => Ok(text.to_string()),
        _ => Err(format!("`{text}` is not owner/name")),
    }
}
