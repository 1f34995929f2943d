//! A mail server that tests can talk to: real SMTP on loopback, without encryption.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A mail server on loopback, gone when dropped.
pub struct SmtpServer {
    address: SocketAddr,
    told: Arc<Mutex<Told>>,
    task: JoinHandle<()>,
}

/// What it heard and how it answers.
#[derive(Debug, Default)]
struct Told {
    /// What it answers to the next mails instead of taking them.
    refusals: Vec<&'static str>,
    lines: Vec<String>,
    mails: Vec<String>,
}

impl SmtpServer {
    /// A server that takes everything from everybody.
    #[allow(clippy::disallowed_methods)] // ends with the test
    pub async fn start() -> SmtpServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let told: Arc<Mutex<Told>> = Arc::default();
        let shared = told.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, shared.clone()));
            }
        });
        SmtpServer { address, told, task }
    }

    /// `127.0.0.1:port`.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers the next mail like this instead of taking it, as `451 4.3.0 Later`.
    pub fn refuse_next(&self, answer: &'static str) {
        self.told().refusals.insert(0, answer);
    }

    /// The mails that were taken, as they came: headers, an empty line, the parts.
    pub fn mails(&self) -> Vec<String> {
        self.told().mails.clone()
    }

    /// Every command that was said.
    pub fn lines(&self) -> Vec<String> {
        self.told().lines.clone()
    }

    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection; it ends when either side has had enough.
async fn talk(mut stream: TcpStream, told: Arc<Mutex<Told>>) {
    let (read, mut write) = stream.split();
    let mut read = BufReader::new(read);
    let mut answer = "220 stand-in ready".to_string();
    loop {
        if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
        let mut line = String::new();
        if read.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let line = line.trim_end().to_string();
        told.lock().unwrap_or_else(PoisonError::into_inner).lines.push(line.clone());
        let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        answer = match verb.as_str() {
            "EHLO" => "250-stand-in\r\n250 AUTH PLAIN LOGIN".into(),
            "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 fine".into(),
            "AUTH" => "235 welcome".into(),
            "DATA" => {
                if write.write_all(b"354 go on\r\n").await.is_err() {
                    return;
                }
                let Some(mail) = data(&mut read).await else { return };
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                match told.refusals.pop() {
                    Some(refusal) => refusal.into(),
                    None => {
                        told.mails.push(mail);
                        "250 taken".into()
                    }
                }
            }
            "QUIT" => {
                // It may have hung up already.
                write.write_all(b"221 bye\r\n").await.ok();
                return;
            }
            _ => "502 not here".into(),
        };
    }
}

/// Everything up to the lone dot.
async fn data(read: &mut (impl AsyncReadExt + AsyncBufReadExt + Unpin)) -> Option<String> {
    let mut mail = String::new();
    loop {
        let mut line = String::new();
        if read.read_line(&mut line).await.unwrap_or(0) == 0 {
            return None;
        }
        if line.trim_end() == "." {
            return Some(mail);
        }
        mail.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
