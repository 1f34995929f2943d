//! Sending mail: one message with a text and an HTML part to one person, through SMTP.
//!
//! What stands in a mail is made by whoever sends it; when it is tried again is for the job that sends it.

mod smtp;

use crate::{Error, Result};
use bytes::Bytes;
use lettre::message::{
    Attachment as Part, Mailbox, Message, MultiPart,
    header::{ContentType, HeaderName, HeaderValue},
};
use smtp::Smtp;
use std::sync::{Arc, Mutex, PoisonError};

/// A mail to be sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// An e-mail address, or `Name <address>`.
    pub to: String,
    /// One line; line breaks become spaces.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part: a whole document.
    pub html: String,
    /// Comes with it.
    pub attachment: Option<Attachment>,
    /// Where a mail program unsubscribes with one click (RFC 8058); also for `List-Unsubscribe`.
    pub unsubscribe: Option<String>,
}

/// A file that comes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is saved as.
    pub name: String,
    /// As `application/pdf`.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Bytes,
}

/// Sends mail; clones share the connections.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

#[derive(Clone)]
enum Transport {
    Smtp(Smtp),
    Memory(Arc<Mutex<Vec<Mail>>>),
}

impl Mailer {
    /// Sends through the server of an address:
    ///
    /// - `smtp://user:password@host:587`: encrypted by STARTTLS where the server offers it; `?tls=required` insists,
    ///   `?tls=none` does without. `starttls://...` is the same as `smtp://...?tls=required`.
    /// - `smtps://user:password@host`: encrypted from the start.
    ///
    /// - `&ca=/path/to/authority.pem`: trusts the certificates of that file too, for a mail server of one's own.
    ///
    /// User and password are percent-encoded.
    ///
    /// # Errors
    /// In words, without the password, when the address or the sender can not be read.
    pub fn smtp(url: &str, from: &str) -> std::result::Result<Mailer, String> {
        Ok(Mailer { from: mailbox(from)?, transport: Transport::Smtp(Smtp::new(url)?) })
    }

    /// Sends to nobody and keeps everything for [`Mailer::sent`]; for tests.
    pub fn memory() -> Mailer {
        let from = "candlewick@localhost".parse().expect("an address");
        Mailer { from, transport: Transport::Memory(Arc::default()) }
    }

    /// What was sent so far by a mailer that keeps it.
    pub fn sent(&self) -> Vec<Mail> {
        match &self.transport {
            Transport::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Transport::Smtp(_) => Vec::new(),
        }
    }

    /// Sends one mail; it is with the server when this returns.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when nobody answers or the server asks to come back later, [`Error::Invalid`] for an
    /// address that is none, [`Error::Conflict`] when the server refuses for good.
    pub async fn send(&self, mail: &Mail) -> Result<()> {
        let to = mailbox(&mail.to).map_err(|why| Error::invalid("to", why))?;
        let broken = |error: &dyn std::fmt::Display| {
            Error::Internal(format!("a mail that can not be written: {error}"))
        };
        let parts = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        let parts = match &mail.attachment {
            None => parts,
            Some(file) => {
                let kind = ContentType::parse(file.media_type).map_err(|error| broken(&error))?;
                let part = Part::new(one_line(&file.name)).body(file.bytes.to_vec(), kind);
                MultiPart::mixed().multipart(parts).singlepart(part)
            }
        };
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(one_line(&mail.subject))
            .multipart(parts)
            .map_err(|error| broken(&error))?;
        if let Some(link) = &mail.unsubscribe {
            let mut head = |name: &'static str, value: String| {
                let name = HeaderName::new_from_ascii_str(name);
                message.headers_mut().insert_raw(HeaderValue::new(name, value));
            };
            head("List-Unsubscribe", format!("<{}>", one_line(link)));
            head("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into());
        }
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(message).await,
            Transport::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok(())
            }
        }
    }
}

/// Whether mail can be sent to an address: `ada@example.org`, or `Ada <ada@example.org>`.
///
/// # Errors
/// In words, when it is none.
pub fn check_address(text: &str) -> std::result::Result<(), String> {
    mailbox(text).map(|_| ())
}

fn mailbox(text: &str) -> std::result::Result<Mailbox, String> {
    text.trim().parse().map_err(|_| format!("`{}` is not an e-mail address", one_line(text)))
}

/// Text that ends no header: line breaks and other controls become spaces.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Text as it may stand in HTML, also between quotes.
///
/// ```
/// assert_eq!(engine::mail::escape_html("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
/// ```
pub fn escape_html(text: &str) -> String {
    let escaped = |c| match c {
        '&' => "&amp;".to_string(),
        '<' => "&lt;".to_string(),
        '>' => "&gt;".to_string(),
        '"' => "&quot;".to_string(),
        '\'' => "&#39;".to_string(),
        other => other.to_string(),
    };
    text.chars().map(escaped).collect()
}

#[cfg(test)]
mod starttls;
#[cfg(test)]
mod tests;
