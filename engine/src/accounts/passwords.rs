//! Password hashes: argon2id, on threads of their own, a few at a time.

use crate::error::{Error, Result};
use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{self, SaltString},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What is checked when the account is unknown, so that the answer takes as long: the hash of nobody's
/// password, with the parameters of every other hash.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Y2FuZGxld2lja25vYm9keQ$u4sIx0ZkVg7mEJtQ2nRyPaHc5wLd8TbF1oKiXeMzUvs";

/// Hashes and checks passwords. A hash takes 19 MiB and some 20 ms of a core (the parameters OWASP asks for),
/// so only as many run at once as there are cores; the others wait for their turn.
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Passwords {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Passwords { turns: Arc::new(Semaphore::new(cores.clamp(1, 8))) }
    }

    /// A new hash in PHC form, with a salt of its own.
    pub(crate) async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_string();
        let salt = super::tokens::random_bytes::<16>()?;
        self.run(move || {
            let salt = SaltString::encode_b64(&salt).map_err(odd)?;
            Ok(Argon2::default().hash_password(password.as_bytes(), &salt).map_err(odd)?.to_string())
        })
        .await
    }

    /// Whether the password is the one of the hash; without a hash `false`, just as slowly.
    pub(crate) async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let (password, known) = (password.to_string(), hash.is_some());
        let hash = hash.unwrap_or(NOBODY).to_string();
        self.run(move || {
            let parsed = PasswordHash::new(&hash).map_err(odd)?;
            match Argon2::default().verify_password(password.as_bytes(), &parsed) {
                Ok(()) => Ok(known),
                Err(password_hash::Error::Password) => Ok(false),
                Err(error) => Err(odd(error)),
            }
        })
        .await
    }

    /// Runs on the blocking pool. The turn goes along, so a caller who stops waiting does not free it early.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|error| Error::Internal(format!("password turns: {error}")))?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        })
        .await
        .map_err(|error| Error::Internal(format!("password hashing: {error}")))?
    }
}

fn odd(error: password_hash::Error) -> Error {
    Error::Internal(format!("password hash: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_accepts_its_password_and_no_other() {
        let passwords = Passwords::new();
        let hash = passwords.hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("correct horses", Some(&hash)).await.unwrap());
        assert_ne!(hash, passwords.hash("correct horse").await.unwrap(), "every hash has its own salt");
    }

    #[tokio::test]
    async fn the_hash_of_nobody_costs_what_every_hash_costs() {
        let fresh = Passwords::new().hash("anything").await.unwrap();
        let (fresh, nobody) = (PasswordHash::new(&fresh).unwrap(), PasswordHash::new(NOBODY).unwrap());
        assert_eq!(
            (fresh.algorithm, fresh.version, fresh.params),
            (nobody.algorithm, nobody.version, nobody.params)
        );
        assert_eq!(fresh.hash.unwrap().len(), nobody.hash.unwrap().len());
        assert!(!Passwords::new().verify("anything", None).await.unwrap());
    }
}
