//! What letters say, as text and as HTML. No word of an account stands in them: whoever registers chooses its name, and
//! could have us mail it to anybody.

use crate::{
    mail::{Mail, escape_html},
    store::letters::Purpose,
};
use domain::account::User;

/// The words of a letter, paragraph by paragraph; the link stands between `before` and `after`.
struct Words {
    subject: &'static str,
    before: &'static str,
    button: &'static str,
    after: [&'static str; 2],
}

fn words(purpose: Purpose) -> Words {
    match purpose {
        Purpose::Reset => Words {
            subject: "A new password for Candlewick",
            before: "Somebody, we hope you, asked for a new password for your account. Choose it here:",
            button: "Choose a new password",
            after: [
                "The link works once, within an hour. The new password ends every session.",
                "If it was not you, do nothing: your password stays as it is.",
            ],
        },
        Purpose::Verify => Words {
            subject: "Is this your address?",
            before: "An account at Candlewick has this e-mail address. Say here that it is yours:",
            button: "Verify my address",
            after: [
                "The link works once, within three days.",
                "If you made no account, do nothing: nobody can verify it without this letter.",
            ],
        },
    }
}

/// A letter to somebody with its link.
pub(super) fn letter(user: &User, purpose: Purpose, link: &str) -> Mail {
    let words = words(purpose);
    Mail {
        to: user.email.clone(),
        subject: words.subject.to_string(),
        text: text(&words, link),
        html: html(&words, link),
        ..Mail::default()
    }
}

fn text(words: &Words, link: &str) -> String {
    let [first, second] = words.after;
    [words.before, link, first, second].join("\n\n") + "\n"
}

/// Inline styles: what mail programs understand.
fn html(words: &Words, link: &str) -> String {
    const MUTED: &str = "color:#525864;font-size:12px";
    let [first, second] = words.after;
    format!(
        "<!doctype html>\n<html lang=\"en\"><body style=\"font-family:Inter,Helvetica,Arial,sans-serif;\
         font-size:14px;line-height:1.4;color:#1a2029;max-width:600px\">\n\
         <h1 style=\"font-size:20px;margin:0 0 12px\">{}</h1>\n<p>{}</p>\n\
         <p><a href=\"{link}\" style=\"font-weight:600;color:#bb6802\">{}</a></p>\n\
         <p>{first}</p>\n<p style=\"{MUTED}\">{second}</p>\n\
         <p style=\"{MUTED}\">If the link can not be clicked, copy it: {link}</p>\n</body></html>\n",
        words.subject,
        words.before,
        words.button,
        link = escape_html(link),
    )
}
