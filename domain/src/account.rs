//! A person's account: what is shown of it, and what a name, an e-mail or a password must look like.
//!
//! The same checks run in the browser, before a form is sent, and in the engine, which trusts no browser.
//! Secrets (hashes, tokens) live in the engine alone; the few that must travel once are [`Tokens`].

use crate::UserId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Longest accepted e-mail address, in bytes (RFC 5321 leaves 254 for the path).
pub const MAX_EMAIL_BYTES: usize = 254;
/// Shortest accepted password, in characters (NIST SP 800-63B asks for at least 8).
pub const MIN_PASSWORD_CHARS: usize = 8;
/// Longest accepted password, in characters: generous for passphrases, small enough to hash.
pub const MAX_PASSWORD_CHARS: usize = 200;
/// Longest accepted name of a person or of an API key, in characters.
pub const MAX_NAME_CHARS: usize = 100;

/// A set of words that is stored, shown and sent as text.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$word_doc])* $variant),+ }

        impl $name {
            /// Every choice, in the order to offer them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word stored and sent.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// Reads back [`Self::as_str`]; `None` for any other word.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|choice| choice.as_str() == word)
            }
        }
    };
}

words! {
    /// What the account has subscribed to; multiplies the limits.
    Tier {
        /// Every new account.
        Free = "free",
        /// More of everything.
        Pro = "pro",
        /// The most of everything.
        Enterprise = "enterprise",
    }
}
words! {
    /// Light or dark, or as the device says.
    Theme {
        /// As the device says.
        System = "system",
        /// The dark "war room".
        Dark = "dark",
        /// Light.
        Light = "light",
    }
}
words! {
    /// Which pair of colours stands for up and down.
    Colours {
        /// Green and red.
        Default = "default",
        /// A pair that colour-blind people can tell apart.
        Safe = "safe",
    }
}

/// A person who can log in, as that person may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct User {
    pub id: UserId,
    /// Trimmed and lower-cased.
    pub email: String,
    pub full_name: String,
    pub tier: Tier,
    /// An IANA name, `America/New_York`.
    pub time_zone: String,
    /// Three capital letters of ISO 4217.
    pub base_currency: String,
    pub theme: Theme,
    pub colours: Colours,
    pub created_at: DateTime<Utc>,
    pub last_login_at: Option<DateTime<Utc>>,
    pub last_login_address: Option<String>,
    /// To the minute.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Whether the person operates the whole installation.
    #[serde(default)]
    pub operator: bool,
    /// Whether a letter proved that the e-mail is the person's.
    #[serde(default)]
    pub email_verified: bool,
}

/// One browser that is logged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct SessionInfo {
    pub id: Uuid,
    pub user_agent: String,
    pub address: String,
    pub created_at: DateTime<Utc>,
    /// To the minute.
    pub last_seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// A key for programs. The key itself is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct ApiKey {
    pub id: Uuid,
    pub name: String,
    /// How the key begins, to recognise it by.
    pub prefix: String,
    pub created_at: DateTime<Utc>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What someone who wants an account sends.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Registration {
    pub email: String,
    pub password: String,
    pub full_name: String,
}

/// Without the password: it must not reach a log.
impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("email", &self.email)
            .field("full_name", &self.full_name)
            .finish_non_exhaustive()
    }
}

/// What to change of a profile; `None` leaves as it is. Plain text, so that a wrong word can be answered with
/// the name of its field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs)]
pub struct ProfileChange {
    pub full_name: Option<String>,
    pub time_zone: Option<String>,
    pub base_currency: Option<String>,
    pub theme: Option<String>,
    pub colours: Option<String>,
}

/// What a program gets when it logs in or refreshes.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// Who logged in.
    pub user: User,
    /// A JWT for `Authorization: Bearer`.
    pub access_token: String,
    /// Good for one refresh.
    pub refresh_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Life of the access token in seconds.
    pub expires_in: u64,
}

/// Without the tokens: they must not reach a log.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("user", &self.user.id).finish_non_exhaustive()
    }
}

/// Trims and lower-cases an e-mail address; the error says what would be right.
///
/// The shape is checked, not the existence: one `@`, something before it, a dotted host after it, no spaces
/// and no control characters.
///
/// ```
/// use domain::account::clean_email;
/// assert_eq!(clean_email("  Ada@Example.ORG "), Ok("ada@example.org".to_string()));
/// assert!(clean_email("ada@localhost").is_err());
/// ```
pub fn clean_email(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("enter your e-mail address");
    }
    // Before and after: lower-casing may lengthen a few letters.
    if text.len() > MAX_EMAIL_BYTES {
        return Err("use an address of at most 254 characters");
    }
    let email = text.to_lowercase();
    let sane = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_control() || c.is_whitespace() || "@\"(),:;<>[]\\".contains(c))
            && part.split('.').all(|label| !label.is_empty())
    };
    match email.split_once('@') {
        Some((name, host))
            if sane(name)
                && sane(host)
                && host.contains('.')
                && name.len() <= 64
                && email.len() <= MAX_EMAIL_BYTES =>
        {
            Ok(email)
        }
        _ => Err("enter an address like name@example.com"),
    }
}

/// Checks a new password for the account of `email`; the error says what would be right.
///
/// Length only, as NIST SP 800-63B advises, and never the address itself. Spaces and every script are welcome.
pub fn check_password(password: &str, email: &str) -> Result<(), &'static str> {
    let length = password.chars().count();
    if length < MIN_PASSWORD_CHARS {
        Err("use at least 8 characters")
    } else if length > MAX_PASSWORD_CHARS {
        Err("use at most 200 characters")
    } else if password.trim().to_lowercase() == email.trim().to_lowercase() {
        Err("choose something other than your e-mail address")
    } else {
        Ok(())
    }
}

/// Trims the name of a person or of a key; the error says what would be right.
pub fn clean_name(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    if name.is_empty() {
        Err("enter a name")
    } else if name.chars().count() > MAX_NAME_CHARS {
        Err("use at most 100 characters")
    } else if name.chars().any(char::is_control) {
        Err("use letters, digits and signs only")
    } else {
        Ok(name.to_string())
    }
}

/// Checks an IANA time zone name and gives its canonical spelling.
pub fn clean_time_zone(text: &str) -> Result<String, &'static str> {
    let zone = text.trim().parse::<chrono_tz::Tz>();
    zone.map(|zone| zone.name().to_string()).map_err(|_| "choose a time zone like America/New_York")
}

/// Checks the shape of an ISO 4217 code, three letters, and capitalises it.
pub fn clean_currency(text: &str) -> Result<String, &'static str> {
    let code = text.trim();
    if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(code.to_ascii_uppercase())
    } else {
        Err("use a currency code of three letters, like USD")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_without_a_sane_shape_are_refused() {
        for bad in [
            "",
            " ",
            "ada",
            "@x.org",
            "ada@",
            "ada@x",
            "a b@x.org",
            "ada@@x.org",
            "ada@x..org",
            "ada@.org",
            "a\0@x.org",
            ".a@x.org",
            "<a>@x.org",
        ] {
            assert!(clean_email(bad).is_err(), "{bad:?} was accepted");
        }
        assert!(clean_email(&format!("{}@x.org", "a".repeat(300))).is_err());
    }

    #[test]
    fn addresses_people_have_are_accepted() {
        for good in
            ["a@b.co", "o'brien+tag@mail.example.org", "jürgen@bücher.example", "x_y-z@sub.host-name.io"]
        {
            assert_eq!(clean_email(good), Ok(good.to_string()));
        }
    }

    #[test]
    fn a_password_has_8_to_200_characters_and_is_not_the_address() {
        assert!(check_password("1234567", "a@b.co").is_err());
        assert!(check_password("12345678", "a@b.co").is_ok());
        assert!(check_password("ねこねこねこねこ", "a@b.co").is_ok());
        assert!(check_password(&"x".repeat(201), "a@b.co").is_err());
        assert!(check_password("Someone@B.co", "someone@b.co").is_err());
    }

    #[test]
    fn zones_currencies_and_names_are_checked() {
        assert_eq!(clean_time_zone(" Europe/Berlin "), Ok("Europe/Berlin".to_string()));
        assert!(clean_time_zone("Mars/Olympus").is_err());
        assert_eq!(clean_currency("eur"), Ok("EUR".to_string()));
        assert!(clean_currency("€").is_err() && clean_currency("EURO").is_err());
        assert!(
            clean_name("a\0b").is_err() && clean_name("  ").is_err() && clean_name(&"x".repeat(101)).is_err()
        );
    }

    #[test]
    fn words_read_back_and_travel_as_stored() {
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.as_str()), Some(*theme));
            assert_eq!(serde_json::to_value(theme).unwrap(), theme.as_str());
        }
    }

    proptest! {
        #[test]
        fn a_cleaned_address_stays_as_it_is(text in "\\PC{0,20}@\\PC{0,20}\\.[a-z]{2,3}") {
            if let Ok(email) = clean_email(&text) {
                prop_assert_eq!(clean_email(&email), Ok(email.clone()));
            }
        }
    }
}
