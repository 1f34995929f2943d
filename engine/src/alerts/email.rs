//! A mail to the operators.

use super::channels::Message;
use crate::{
    Result,
    mail::{Mail, Mailer, escape_html},
};

/// A mail box that operators read.
#[derive(Clone)]
pub struct Email {
    mailer: Mailer,
    to: String,
}

impl Email {
    /// Mails go to this address.
    pub fn new(mailer: Mailer, to: String) -> Email {
        Email { mailer, to }
    }

    pub(super) async fn send(&self, message: &Message) -> Result<()> {
        self.mailer.send(&mail(&self.to, message)).await
    }
}

fn mail(to: &str, message: &Message) -> Mail {
    let notice = &message.notice;
    let level = notice.level.words();
    let mut text = vec![format!("{level}: {}", notice.subject), notice.text.clone()];
    text.extend(message.often.clone());
    text.extend(message.link.clone());
    text.retain(|part| !part.is_empty());
    let often = message.often.as_ref().map(|often| format!("<p>{}</p>\n", escape_html(often)));
    let link = message
        .link
        .as_ref()
        .map(|link| format!("<p><a href=\"{}\">Open the dashboard</a></p>\n", escape_html(link)));
    Mail {
        to: to.to_string(),
        subject: format!("[Candlewick] {level}: {}", notice.subject),
        text: text.join("\n\n"),
        html: format!(
            "<!doctype html>\n<html lang=\"en\"><body>\n<h1 style=\"font-size:18px\">{level}: {}</h1>\n\
             <p style=\"white-space:pre-wrap\">{}</p>\n{}{}</body></html>\n",
            escape_html(&notice.subject),
            escape_html(&notice.text),
            often.unwrap_or_default(),
            link.unwrap_or_default(),
        ),
        ..Mail::default()
    }
}
