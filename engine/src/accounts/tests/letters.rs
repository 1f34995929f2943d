//! Letters: a new password and a verified address, on both databases.

use super::{ADA, BOB, FRESH, actions, fields, is_in};
use crate::{
    Engine, Error, Parts,
    accounts::{Caller, OperatorRule, letters},
    mail::{Mail, Mailer},
    store::Db,
    testing::{
        OPERATOR, PASSWORD, PUBLIC_URL, caller, for_each_db, for_each_engine, member, parts, registration,
    },
};
use chrono::Duration;

/// An engine that keeps the mail it sends.
fn mailing(db: Db) -> (Engine, Mailer) {
    let mailer = Mailer::memory();
    let operators = OperatorRule { email: Some(OPERATOR.into()), verified: true };
    let engine = Engine::new(Parts { mailer: Some(mailer.clone()), operators, ..parts(db, Vec::new()) });
    (engine, mailer)
}

/// A caller nobody else comes from.
fn from(host: usize) -> Caller {
    Caller { address: format!("198.51.100.{host}"), ..caller() }
}

/// The letters whose link leads to `page`.
fn sent(mailer: &Mailer, page: &str) -> Vec<Mail> {
    let link = format!("{PUBLIC_URL}/{page}/");
    mailer.sent().into_iter().filter(|mail| mail.text.contains(&link)).collect()
}

/// The token in the link of the latest letter that leads to `page`.
fn token(mailer: &Mailer, page: &str) -> String {
    let mail = sent(mailer, page).pop().unwrap();
    let link = format!("{PUBLIC_URL}/{page}/");
    let token = mail.text.split_once(&link).unwrap().1.lines().next().unwrap().to_string();
    assert!(mail.html.contains(&format!("href=\"{link}{token}\"")), "{}", mail.html);
    token
}

/// Asks for a new password for Ada; the token of the letter that comes.
async fn forgotten(engine: &Engine, mailer: &Mailer) -> String {
    engine.accounts().forgot_password(ADA, &caller()).await.unwrap();
    engine.run_due_jobs().await.unwrap();
    token(mailer, "reset")
}

#[track_caller]
fn is_gone(answer: crate::Result<()>) -> String {
    match answer {
        Err(Error::Conflict(words)) => words,
        other => panic!("the link worked: {other:?}"),
    }
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike_and_only_the_known_one_gets_a_letter() {
    for_each_db(|db| async move {
        let (engine, mailer) = mailing(db);
        let accounts = engine.accounts();
        member(&engine, ADA).await;
        for (host, email) in [ADA, BOB].into_iter().enumerate() {
            for _ in 0..letters::PER_ACCOUNT {
                accounts.forgot_password(&format!(" {} ", email.to_uppercase()), &from(host)).await.unwrap();
                engine.run_due_jobs().await.unwrap();
            }
            let error = accounts.forgot_password(email, &from(9)).await.unwrap_err();
            assert!(matches!(error, Error::Limited { retry_after_s: 3600 }), "{email}: {error}");
        }
        let letters = sent(&mailer, "reset");
        assert_eq!(letters.len(), letters::PER_ACCOUNT);
        assert!(letters.iter().all(|mail| mail.to == ADA));
        // What can be nobody's address is said at once.
        let error = accounts.forgot_password("ada", &from(1)).await.unwrap_err();
        assert_eq!(fields(&error), ["email"]);
    })
    .await;
}

#[tokio::test]
async fn other_instances_send_no_more_letters_than_one_does() {
    for_each_db(|db| async move {
        let (first, mailer) = mailing(db.clone());
        member(&first, ADA).await;
        for _ in 0..3 {
            // A start anew: its throttle has forgotten everything.
            let (next, its) = mailing(db.clone());
            for _ in 0..2 {
                next.accounts().forgot_password(ADA, &caller()).await.unwrap();
                next.run_due_jobs().await.unwrap();
            }
            assert!(sent(&its, "reset").len() <= 2);
        }
        let lines =
            actions(&first, &first.accounts().login(ADA, PASSWORD, &caller()).await.unwrap().cx).await;
        let written = lines.iter().filter(|action| *action == "password.letter").count();
        assert_eq!((written, sent(&mailer, "reset").len()), (letters::PER_ACCOUNT, 0));
    })
    .await;
}

#[tokio::test]
async fn a_link_sets_one_new_password_and_ends_every_session() {
    for_each_db(|db| async move {
        let (engine, mailer) = mailing(db);
        let accounts = engine.accounts();
        let here = accounts.register(registration(ADA), &caller()).await.unwrap();
        let program = accounts.login_api(ADA, PASSWORD, &caller()).await.unwrap();
        let bob = accounts.register(registration(BOB), &caller()).await.unwrap();
        let tokens = [forgotten(&engine, &mailer).await, forgotten(&engine, &mailer).await];
        assert!(tokens[0] != tokens[1] && tokens.iter().all(|token| token.len() == 43), "256 bits each");
        let weak = accounts.reset_password(&tokens[0], "short", &caller()).await.unwrap_err();
        assert_eq!(fields(&weak), ["newPassword"]);
        assert!(is_in(&engine, &here.session_token).await);

        accounts.reset_password(&tokens[0], FRESH, &caller()).await.unwrap();
        assert!(!is_in(&engine, &here.session_token).await);
        assert!(accounts.refresh(&program.refresh_token, &caller()).await.is_err());
        assert!(accounts.login(ADA, PASSWORD, &caller()).await.is_err());
        let again = accounts.login(ADA, FRESH, &caller()).await.unwrap();
        assert!(is_in(&engine, &bob.session_token).await, "others stay");
        assert!(!again.user.email_verified, "another letter proves the address");
        let done = actions(&engine, &again.cx).await;
        assert!(
            done.contains(&"password.letter".into()) && done.contains(&"password.reset".into()),
            "{done:?}"
        );

        // Used, ended with the other, guessed, of another purpose: the same words.
        let proof = token(&mailer, "verify");
        for bad in [tokens[0].as_str(), &tokens[1], "", "x", &"A".repeat(43), &proof, &again.session_token] {
            let words = is_gone(accounts.reset_password(bad, PASSWORD, &caller()).await);
            assert!(words.contains("ask for a new one"), "{words}");
        }
        assert!(is_in(&engine, &again.session_token).await);
    })
    .await;
}

#[tokio::test]
async fn of_two_at_the_same_time_one_sets_the_password() {
    for_each_db(|db| async move {
        let (engine, mailer) = mailing(db);
        let accounts = engine.accounts();
        member(&engine, ADA).await;
        let (token, caller) = (forgotten(&engine, &mailer).await, caller());
        let (one, two) = tokio::join!(
            accounts.reset_password(&token, FRESH, &caller),
            accounts.reset_password(&token, "another fresh password", &caller)
        );
        assert_eq!([&one, &two].into_iter().filter(|outcome| outcome.is_ok()).count(), 1);
        is_gone(one.and(two));
    })
    .await;
}

#[tokio::test]
async fn links_run_out() {
    for_each_db(|db| async move {
        let (engine, mailer) = mailing(db);
        let accounts = engine.accounts();
        member(&engine, ADA).await;
        let (reset, verify) = (forgotten(&engine, &mailer).await, token(&mailer, "verify"));
        engine.clock().advance(letters::RESET);
        is_gone(accounts.reset_password(&reset, FRESH, &caller()).await);
        engine.clock().advance(letters::VERIFY - letters::RESET);
        is_gone(accounts.verify_email(&verify, &caller()).await);
        assert!(accounts.login(ADA, PASSWORD, &caller()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn who_waits_after_too_many_guesses_is_let_in_with_the_new_password() {
    for_each_db(|db| async move {
        let (engine, mailer) = mailing(db);
        let accounts = engine.accounts();
        member(&engine, ADA).await;
        for host in 0..super::PER_ACCOUNT {
            assert!(accounts.login(ADA, "guess guess", &from(host)).await.is_err());
        }
        assert!(matches!(accounts.login(ADA, PASSWORD, &caller()).await, Err(Error::Limited { .. })));
        let token = forgotten(&engine, &mailer).await;
        accounts.reset_password(&token, FRESH, &caller()).await.unwrap();
        assert!(accounts.login(ADA, FRESH, &caller()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_operator_has_no_rights_before_the_address_is_verified() {
    for_each_db(|db| async move {
        let (engine, mailer) = mailing(db);
        let accounts = engine.accounts();
        let cx = member(&engine, OPERATOR).await;
        engine.run_due_jobs().await.unwrap();
        let first = token(&mailer, "verify");
        assert!(matches!(accounts.operator(&cx).await, Err(Error::Forbidden(_))));
        let user = accounts.user(&cx).await.unwrap();
        assert!(!user.operator && !user.email_verified);

        accounts.send_verification(&cx).await.unwrap();
        engine.run_due_jobs().await.unwrap();
        let second = token(&mailer, "verify");
        is_gone(accounts.verify_email(&first.replace(&first[..4], "AAAA"), &caller()).await);
        accounts.verify_email(&second, &caller()).await.unwrap();
        for used in [&first, &second] {
            is_gone(accounts.verify_email(used, &caller()).await);
        }
        assert!(accounts.operator(&cx).await.is_ok());
        let user = accounts.user(&cx).await.unwrap();
        assert!(user.operator && user.email_verified);
        assert_eq!(actions(&engine, &cx).await[0], "email.verify");

        // Nothing is left to be said.
        let before = mailer.sent().len();
        accounts.send_verification(&cx).await.unwrap();
        engine.run_due_jobs().await.unwrap();
        assert_eq!(mailer.sent().len(), before);
    })
    .await;
}

#[tokio::test]
async fn where_no_mail_is_sent_the_command_line_gives_a_link() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let cx = member(&engine, ADA).await;
        for email in [ADA, BOB] {
            let error = accounts.forgot_password(email, &caller()).await.unwrap_err();
            assert!(matches!(error, Error::Conflict(_)), "{error}");
        }
        assert!(matches!(accounts.send_verification(&cx).await, Err(Error::Conflict(_))));
        assert!(matches!(accounts.reset_link(BOB).await, Err(Error::NotFound(_))));
        let link = accounts.reset_link(" Ada@example.org").await.unwrap();
        let token = link.strip_prefix(&format!("{PUBLIC_URL}/reset/")).unwrap();
        engine.clock().advance(Duration::minutes(59));
        accounts.reset_password(token, FRESH, &caller()).await.unwrap();
        assert!(accounts.login(ADA, FRESH, &caller()).await.is_ok());
    })
    .await;
}
