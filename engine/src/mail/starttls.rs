//! STARTTLS against a real TLS server on loopback, with certificates made for the test.

use super::*;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// A mail server that takes one mail, and only when the talk is encrypted.
struct Encrypted {
    port: u16,
    /// Its certificate in PEM.
    authority: tempfile::NamedTempFile,
    /// What was said, with `(tls)` before what came encrypted.
    heard: JoinHandle<Vec<String>>,
}

#[allow(clippy::disallowed_methods)] // ends with the test
async fn encrypted(offers: bool) -> Encrypted {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_string()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(std::sync::Arc::new(config));
    let authority = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(authority.path(), cert.pem()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        let begins = if offers { "250-hello\r\n250 STARTTLS" } else { "250 hello" };
        if talk(&mut stream, "", begins, true, &mut heard).await {
            // A client that does not trust the certificate hangs up here.
            if let Ok(mut stream) = acceptor.accept(stream).await {
                talk(&mut stream, "(tls) ", "250 hello again", false, &mut heard).await;
            }
        }
        heard
    });
    Encrypted { port, authority, heard }
}

/// Answers until the other side hangs up, or true when it asks for encryption.
async fn talk(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    mark: &str,
    hello: &str,
    greet: bool,
    heard: &mut Vec<String>,
) -> bool {
    let mut stream = BufReader::new(stream);
    if greet {
        stream.write_all(b"220 ready\r\n").await.unwrap();
        stream.flush().await.unwrap();
    }
    let mut in_mail = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return false;
        }
        let line = line.trim_end();
        heard.push(format!("{mark}{line}"));
        let answer = match line.split(' ').next().unwrap_or_default() {
            "." => {
                in_mail = false;
                "250 taken"
            }
            _ if in_mail => continue,
            "EHLO" => hello,
            "STARTTLS" => {
                stream.write_all(b"220 go ahead\r\n").await.unwrap();
                stream.flush().await.unwrap();
                return true;
            }
            "DATA" => {
                in_mail = true;
                "354 go on"
            }
            _ => "250 fine",
        };
        if stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_err()
            || stream.flush().await.is_err()
        {
            return false;
        }
    }
}

async fn send(server: &Encrypted, query: &str) -> Result<()> {
    let url = format!("starttls://localhost:{}{query}", server.port);
    let mailer = Mailer::smtp(&url, "watch@example.org").expect("an address");
    let (to, subject) = ("ada@example.org".to_string(), "Prices are late".to_string());
    mailer
        .send(&Mail {
            to,
            subject,
            text: "Nothing.".into(),
            html: "<p>Nothing.</p>".into(),
            attachment: None,
            unsubscribe: None,
        })
        .await
}

#[tokio::test]
async fn a_mail_goes_out_encrypted_where_the_server_has_a_certificate_we_trust() {
    let server = encrypted(true).await;
    let query = format!("?ca={}", server.authority.path().display());
    send(&server, &query).await.unwrap();
    let heard = server.heard.await.unwrap();
    assert!(heard.iter().any(|line| line == "STARTTLS"), "{heard:?}");
    let mail = |line: &&String| line.contains("MAIL FROM") || line.contains("Prices are late");
    let said: Vec<&String> = heard.iter().filter(mail).collect();
    assert_eq!(said.len(), 2, "{heard:?}");
    assert!(said.iter().all(|line| line.starts_with("(tls) ")), "{heard:?}");
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for() {
    let server = encrypted(true).await;
    let refused = send(&server, "").await.unwrap_err();
    assert!(refused.is_transient(), "{refused}");
    let heard = server.heard.await.unwrap();
    assert!(heard.iter().all(|line| !line.contains("MAIL FROM")), "{heard:?}");
}

#[tokio::test]
async fn nothing_is_sent_unencrypted_where_encryption_is_required() {
    let server = encrypted(false).await;
    assert!(send(&server, "").await.is_err());
    let heard = server.heard.await.unwrap();
    assert!(heard.iter().all(|line| !line.contains("MAIL FROM")), "{heard:?}");
}

#[test]
fn a_ca_that_is_not_there_is_said_so() {
    let wrong = Mailer::smtp("starttls://localhost?ca=/no/such/file.pem", "watch@example.org").err();
    assert!(wrong.is_some_and(|why| why.contains("names a ca that can not be read")));
}
