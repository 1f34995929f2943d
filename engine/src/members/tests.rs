use super::*;
use crate::{
    mail::Mailer,
    testing::{
        PASSWORD, PUBLIC_URL, caller, colleague, engine_on, for_each_db, for_each_engine, member, parts,
        registration,
    },
};

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@example.org";

/// The token of a link.
fn token_of(invited: &Invited) -> String {
    let place = invited.link.strip_prefix(PUBLIC_URL).expect("begins with the public address");
    place.strip_prefix("/join/").expect("leads to the page").to_string()
}

async fn invited(engine: &Engine, cx: &Cx, email: &str, role: Role) -> String {
    token_of(&engine.members().invite(cx, email, role).await.unwrap())
}

async fn is_gone(engine: &Engine, cx: &Cx, token: &str) -> bool {
    let (look, accept) = (engine.members().look(token).await, engine.members().accept(cx, token).await);
    matches!((look, accept), (Err(Error::NotFound("the invitation")), Err(Error::NotFound("the invitation"))))
}

async fn roles(engine: &Engine, cx: &Cx) -> Vec<(String, Role)> {
    let all = engine.members().list(cx).await.unwrap();
    all.into_iter().map(|member| (member.email, member.role)).collect()
}

#[tokio::test]
async fn who_is_invited_joins_with_the_role_and_the_link_works_once() {
    for_each_engine(async |engine| {
        let (ada, bob) = (member(&engine, ADA).await, member(&engine, BOB).await);
        assert_eq!(roles(&engine, &ada).await, [(ADA.to_string(), Role::Owner)]);
        let token = invited(&engine, &ada, " BOB@Example.org ", Role::Viewer).await;
        assert_eq!(token.len(), 43, "256 bits");
        let waiting = engine.members().invitations(&ada).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].email.as_str(), waiting[0].role), (1, BOB, Role::Viewer));
        let offer = engine.members().look(&token).await.unwrap();
        assert_eq!(offer, Offer { workspace: "Test Person".into(), role: Role::Viewer });

        assert_eq!(engine.members().accept(&bob, &token).await.unwrap(), ada.tenant);
        assert_eq!(
            roles(&engine, &ada).await,
            [(ADA.to_string(), Role::Owner), (BOB.to_string(), Role::Viewer)]
        );
        assert!(engine.members().invitations(&ada).await.unwrap().is_empty());
        assert!(is_gone(&engine, &bob, &token).await, "it is used up");
        let trail = engine.accounts().trail(&ada, 2).await.unwrap();
        let done: Vec<&str> = trail.iter().map(|line| line.action.as_str()).collect();
        assert_eq!(done, ["invitation.accept", "invitation.create"]);
        let again = engine.members().invite(&ada, BOB, Role::Analyst).await;
        assert!(matches!(again, Err(Error::Invalid(_))), "is a member already");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_for_its_address_alone() {
    for_each_engine(async |engine| {
        let (ada, eve) = (member(&engine, ADA).await, member(&engine, "eve@example.org").await);
        let token = invited(&engine, &ada, BOB, Role::Owner).await;
        assert!(matches!(engine.members().accept(&eve, &token).await, Err(Error::Forbidden(_))));
        assert_eq!(roles(&engine, &ada).await.len(), 1);
        assert!(engine.members().look(&token).await.is_ok(), "it waits for bob still");
        for guess in ["", "x", &"A".repeat(43), &"ä".repeat(43), &token[..42], "../../etc/passwd"] {
            assert!(is_gone(&engine, &eve, guess).await, "{guess}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_replaced_or_ran_out_answers_alike() {
    for_each_engine(async |engine| {
        let (ada, bob) = (member(&engine, ADA).await, member(&engine, BOB).await);
        let replaced = invited(&engine, &ada, BOB, Role::Owner).await;
        let withdrawn = invited(&engine, &ada, BOB, Role::Viewer).await;
        assert!(is_gone(&engine, &bob, &replaced).await);
        let id = engine.members().invitations(&ada).await.unwrap()[0].id;
        engine.members().withdraw(&ada, id).await.unwrap();
        assert!(is_gone(&engine, &bob, &withdrawn).await);
        let late = invited(&engine, &ada, BOB, Role::Viewer).await;
        engine.clock().advance(Duration::days(INVITATION_DAYS));
        assert!(is_gone(&engine, &bob, &late).await);
        assert!(engine.members().invitations(&ada).await.unwrap().is_empty());
        assert_eq!(roles(&engine, &ada).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_viewer_reads_and_neither_edits_nor_manages() {
    for_each_engine(async |engine| {
        let ada = member(&engine, ADA).await;
        let list = engine.watchlists().create(&ada, "Energy").await.unwrap();
        let viewer = colleague(&engine, &ada, BOB, Role::Viewer).await;
        assert_eq!(engine.watchlists().list(&viewer).await.unwrap(), std::slice::from_ref(&list));
        let edits = engine.watchlists().rename(&viewer, list.id, "Mine").await;
        assert!(matches!(edits, Err(Error::Forbidden(_))));
        assert!(matches!(engine.watchlists().create(&viewer, "Mine").await, Err(Error::Forbidden(_))));
        let analyst = colleague(&engine, &ada, "ann@example.org", Role::Analyst).await;
        engine.watchlists().rename(&analyst, list.id, "Oil").await.unwrap();
        for cx in [&viewer, &analyst] {
            let members = engine.members();
            assert_eq!(members.list(cx).await.unwrap().len(), 3);
            assert!(matches!(members.invitations(cx).await, Err(Error::Forbidden(_))));
            assert!(matches!(
                members.invite(cx, "x@example.org", Role::Viewer).await,
                Err(Error::Forbidden(_))
            ));
            assert!(matches!(members.set_role(cx, cx.user, Role::Owner).await, Err(Error::Forbidden(_))));
            assert!(matches!(members.remove(cx, ada.user).await, Err(Error::Forbidden(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn a_workspace_keeps_an_owner_and_nobody_loses_their_only_one() {
    for_each_engine(async |engine| {
        let ada = member(&engine, ADA).await;
        let bob = colleague(&engine, &ada, BOB, Role::Viewer).await;
        let members = engine.members();
        assert!(matches!(members.set_role(&ada, ada.user, Role::Analyst).await, Err(Error::Conflict(_))));
        assert!(matches!(members.remove(&ada, ada.user).await, Err(Error::Conflict(_))));
        members.set_role(&ada, bob.user, Role::Owner).await.unwrap();
        let owner = Cx { role: Role::Owner, ..bob.clone() };
        assert!(matches!(members.remove(&owner, ada.user).await, Err(Error::Conflict(_))), "her only one");
        members.set_role(&owner, ada.user, Role::Viewer).await.unwrap();
        assert!(matches!(members.set_role(&owner, bob.user, Role::Viewer).await, Err(Error::Conflict(_))));
        assert_eq!(
            roles(&engine, &owner).await,
            [(ADA.to_string(), Role::Viewer), (BOB.to_string(), Role::Owner)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_browser_goes_to_another_workspace_and_back() {
    for_each_engine(async |engine| {
        let accounts = engine.accounts();
        let ada = member(&engine, ADA).await;
        let login = accounts.register(registration(BOB), &caller()).await.unwrap();
        let (bob, first) = (&login.cx, &login.session_token);
        assert_eq!(accounts.workspaces(bob).await.unwrap().len(), 1);
        let stranger = accounts.switch(bob, first, ada.tenant, &caller()).await;
        assert!(matches!(stranger, Err(Error::NotFound("the workspace"))));
        // The own workspace is the oldest one.
        engine.clock().advance(Duration::hours(1));
        let token = invited(&engine, &ada, BOB, Role::Viewer).await;
        engine.members().accept(bob, &token).await.unwrap();

        let second = accounts.switch(bob, first, ada.tenant, &caller()).await.unwrap();
        assert!(accounts.session(first, "r").await.unwrap().is_none(), "the session before has ended");
        let (there, _) = accounts.session(&second, "r").await.unwrap().unwrap();
        assert_eq!((there.tenant, there.user, there.role), (ada.tenant, bob.user, Role::Viewer));
        assert!(matches!(engine.watchlists().create(&there, "Mine").await, Err(Error::Forbidden(_))));
        let seen = accounts.workspaces(&there).await.unwrap();
        let current: Vec<_> = seen.iter().map(|each| (each.id, each.role, each.current)).collect();
        assert_eq!(current, [(bob.tenant, Role::Owner, false), (ada.tenant, Role::Viewer, true)]);
        let late = accounts.switch(bob, first, bob.tenant, &caller()).await;
        assert!(matches!(late, Err(Error::Unauthenticated(_))));

        let third = accounts.switch(&there, &second, bob.tenant, &caller()).await.unwrap();
        let (home, _) = accounts.session(&third, "r").await.unwrap().unwrap();
        assert_eq!((home.tenant, home.role), (bob.tenant, Role::Owner));
    })
    .await;
}

#[tokio::test]
async fn who_is_removed_is_out_at_once_and_logs_in_to_their_own() {
    for_each_engine(async |engine| {
        let accounts = engine.accounts();
        let ada = member(&engine, ADA).await;
        let login = accounts.register(registration(BOB), &caller()).await.unwrap();
        engine.clock().advance(Duration::hours(1));
        let token = invited(&engine, &ada, BOB, Role::Analyst).await;
        engine.members().accept(&login.cx, &token).await.unwrap();
        let session = accounts.switch(&login.cx, &login.session_token, ada.tenant, &caller()).await.unwrap();
        let (there, _) = accounts.session(&session, "r").await.unwrap().unwrap();
        let (_, key) = accounts.create_api_key(&there, "robot").await.unwrap();
        let elsewhere = accounts.login(BOB, PASSWORD, &caller()).await.unwrap();

        engine.members().remove(&ada, there.user).await.unwrap();
        assert!(accounts.session(&session, "r").await.unwrap().is_none());
        assert!(matches!(accounts.api_key(&key, "r").await, Err(Error::Unauthenticated(_))));
        assert!(accounts.session(&elsewhere.session_token, "r").await.unwrap().is_some(), "of his own");
        let back = accounts.login(BOB, PASSWORD, &caller()).await.unwrap();
        assert_eq!((back.cx.tenant, back.cx.role), (login.cx.tenant, Role::Owner));
        assert_eq!(roles(&engine, &ada).await.len(), 1);

        // Who comes back has nothing of before.
        let token = invited(&engine, &ada, BOB, Role::Viewer).await;
        engine.members().accept(&back.cx, &token).await.unwrap();
        assert!(matches!(accounts.api_key(&key, "r").await, Err(Error::Unauthenticated(_))));
        assert!(accounts.session(&session, "r").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_another_tenant_is_not_found() {
    for_each_engine(async |engine| {
        let (ada, eve) = (member(&engine, ADA).await, member(&engine, "eve@example.org").await);
        let bob = colleague(&engine, &ada, BOB, Role::Viewer).await;
        invited(&engine, &ada, "new@example.org", Role::Viewer).await;
        let id = engine.members().invitations(&ada).await.unwrap()[0].id;
        let members = engine.members();
        assert_eq!(roles(&engine, &eve).await.len(), 1);
        assert!(members.invitations(&eve).await.unwrap().is_empty());
        assert!(matches!(members.withdraw(&eve, id).await, Err(Error::NotFound(_))));
        assert!(matches!(members.set_role(&eve, bob.user, Role::Owner).await, Err(Error::NotFound(_))));
        assert!(matches!(members.remove(&eve, bob.user).await, Err(Error::NotFound(_))));
        assert_eq!(members.invitations(&ada).await.unwrap().len(), 1);
        assert_eq!(roles(&engine, &ada).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn invitations_are_mailed_where_mail_is_set_up_and_bounded_in_a_day() {
    for_each_db(|db| async move {
        let quiet = engine_on(db.clone());
        let ada = member(&quiet, ADA).await;
        assert!(!quiet.members().invite(&ada, BOB, Role::Viewer).await.unwrap().mailed);
        let mailer = Mailer::memory();
        let engine = Engine::new(crate::Parts { mailer: Some(mailer.clone()), ..parts(db, Vec::new()) });
        let made = engine.members().invite(&ada, BOB, Role::Viewer).await.unwrap();
        let [mail] = &mailer.sent()[..] else { panic!("one mail") };
        assert!(made.mailed && mail.to == BOB && mail.text.contains(&made.link), "{mail:?}");
        for n in 2..MAX_INVITATIONS_A_DAY {
            let email = format!("u{n}@example.org");
            engine.members().invite(&ada, &email, Role::Viewer).await.unwrap();
        }
        let more = async || engine.members().invite(&ada, "more@example.org", Role::Viewer).await;
        assert!(matches!(more().await, Err(Error::Conflict(_))));
        engine.clock().advance(Duration::days(1));
        assert!(more().await.is_ok());
        assert!(matches!(
            engine.members().invite(&ada, "nobody", Role::Viewer).await,
            Err(Error::Invalid(_))
        ));
    })
    .await;
}
