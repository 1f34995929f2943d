use super::*;
use crate::testing::SmtpServer;

fn mail() -> Mail {
    Mail {
        to: "Ada <ada@example.org>".into(),
        subject: "Prices are late".into(),
        text: "Nothing since noon.\n.\nReally.".into(),
        html: "<p>Nothing since <b>noon</b>.</p>".into(),
        ..Mail::default()
    }
}

fn mailer(server: &SmtpServer, user: &str, query: &str) -> Mailer {
    let url = format!("smtp://{user}{}{query}", server.address());
    Mailer::smtp(&url, "Candlewick <watch@example.org>").expect("an address")
}

#[tokio::test]
async fn a_mail_arrives_with_both_parts_and_its_sender() {
    let server = SmtpServer::start().await;
    mailer(&server, "user:p%40ss@", "").send(&mail()).await.unwrap();
    let [arrived] = &server.mails()[..] else { panic!("{:?}", server.mails()) };
    for part in [
        "From: Candlewick <watch@example.org>",
        "To: Ada <ada@example.org>",
        "Subject: Prices are late",
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
        "Nothing since noon.\r\n.\r\nReally.",
        "<p>Nothing since <b>noon</b>.</p>",
    ] {
        assert!(arrived.contains(part), "{part} in {arrived}");
    }
    // RFC 4616: nothing, user, password, each behind a zero; in base64.
    let login = "AUTH PLAIN AHVzZXIAcEBzcw==".to_string();
    assert!(server.lines().contains(&login), "{:?}", server.lines());
}

#[tokio::test]
async fn a_subject_can_not_add_a_header() {
    let server = SmtpServer::start().await;
    let subject = "Late\r\nBcc: eve@example.org".to_string();
    mailer(&server, "", "").send(&Mail { subject, ..mail() }).await.unwrap();
    let arrived = server.mails().remove(0);
    assert!(!arrived.lines().any(|line| line.starts_with("Bcc")), "{arrived}");
    let to = "ada@example.org\r\nRCPT TO:<eve@example.org>".to_string();
    let refused = mailer(&server, "", "").send(&Mail { to, ..mail() }).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_says_later_is_worth_another_try_and_one_that_says_never_is_not() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server, "", "?tls=none");
    server.refuse_next("451 4.3.0 Mail store is full");
    let later = mailer.send(&mail()).await.unwrap_err();
    assert!(later.is_transient() && later.to_string().contains("Mail store is full"), "{later}");
    server.refuse_next("554 5.7.1 We do not like you");
    let never = mailer.send(&mail()).await.unwrap_err();
    assert!(!never.is_transient() && never.to_string().contains("We do not like you"), "{never}");
    mailer.send(&mail()).await.unwrap();
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_worth_another_try() {
    let address = SmtpServer::start().await.address();
    let mailer = Mailer::smtp(&format!("smtp://{address}"), "watch@example.org").unwrap();
    // The server is gone with the temporary above.
    let error = mailer.send(&mail()).await.unwrap_err();
    assert!(error.is_transient(), "{error}");
}

#[tokio::test]
async fn a_password_is_not_said_to_a_server_without_the_encryption_that_was_asked_for() {
    let server = SmtpServer::start().await;
    for url in ["starttls://user:secret@", "smtp://user:secret@"] {
        let query = if url.starts_with("smtp:") { "?tls=required" } else { "" };
        let url = format!("{url}{}{query}", server.address());
        let mailer = Mailer::smtp(&url, "watch@example.org").unwrap();
        let error = mailer.send(&mail()).await.unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    assert!(server.lines().iter().all(|line| line.starts_with("EHLO")), "{:?}", server.lines());
}

#[test]
fn what_is_no_mail_server_is_refused_without_repeating_the_password() {
    for url in
        ["http://u:secret@host", "smtp://u:secret@host?tls=maybe", "u:secret@host", "smtp://u:secret@:x"]
    {
        let refused = Mailer::smtp(url, "watch@example.org").err().expect("is refused");
        assert!(!refused.contains("secret"), "{refused}");
    }
    assert!(Mailer::smtp("smtps://u:p@host", "not an address").is_err());
    assert!(Mailer::smtp("smtps://u:p@host", "Candlewick <watch@example.org>").is_ok());
}
