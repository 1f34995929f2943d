//! Cookie and crumb: what the quote page wants to see from a browser.
//!
//! The cookie comes from a page; in Europe that page is a question about consent, which is answered with no. The
//! crumb is a word that belongs to the cookie. Both are fetched once for all who wait, and again when refused.

use crate::provider::{
    Answer, ProviderError,
    http::{Jar, Reply, Site},
};
use tokio::sync::Mutex;
use url::Url;

/// Longer is no crumb but an apology.
const LONGEST_CRUMB: usize = 20;
/// Pages of the real site that set cookies, the simplest first.
const COOKIE_PAGES: [&str; 2] = ["https://fc.yahoo.com/", "https://guce.yahoo.com/consent"];

pub(super) struct Session {
    site: Site,
    held: Mutex<Option<Held>>,
}

/// A cookie with its crumb.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) jar: Jar,
    pub(super) crumb: String,
    number: u64,
}

impl Session {
    pub(super) fn new(site: Site) -> Session {
        Session { site, held: Mutex::default() }
    }

    /// The session, opened if there is none.
    pub(super) async fn get(&self) -> Answer<Held> {
        self.renew(None).await
    }

    /// Another session than the one that was refused; what somebody else opened meanwhile will do.
    pub(super) async fn renew(&self, refused: Option<&Held>) -> Answer<Held> {
        let mut held = self.held.lock().await;
        let number = held.as_ref().map_or(0, |held| held.number);
        if let Some(current) =
            held.as_ref().filter(|_| refused.is_none_or(|refused| refused.number != number))
        {
            return Ok(current.clone());
        }
        *held = None;
        let opened =
            Held { number: number.max(refused.map_or(0, |held| held.number)) + 1, ..self.open().await? };
        *held = Some(opened.clone());
        Ok(opened)
    }

    async fn open(&self) -> Answer<Held> {
        let pages = match self.site.base() == super::BASE {
            true => COOKIE_PAGES.iter().filter_map(|page| Url::parse(page).ok()).collect(),
            false => vec![self.site.url(&[""], &[])?],
        };
        let mut last = ProviderError::Denied("no page sets a cookie".into());
        for page in pages {
            let mut jar = Jar::default();
            // The status is beside the point: the first page is a 404 that sets the cookie.
            let reply = self.site.get_with(page, &mut jar).await?;
            if let Some(form) = consent(&reply) {
                self.site.post_with(form.to, &form.fields, &mut jar).await?;
            }
            match self.crumb(&mut jar).await {
                Ok(crumb) => return Ok(Held { jar, crumb, number: 0 }),
                Err(error @ ProviderError::Denied(_)) => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    async fn crumb(&self, jar: &mut Jar) -> Answer<String> {
        let url = self.site.url(&["v1", "test", "getcrumb"], &[])?;
        let reply = self.site.get_with(url, jar).await?;
        match reply.check() {
            // Whatever is missing, it is not a symbol.
            Err(ProviderError::NotFound | ProviderError::Refused(_)) => {
                return Err(ProviderError::Denied("no crumb".into()));
            }
            other => other?,
        }
        let crumb = String::from_utf8_lossy(reply.body()).into_owned();
        let fits = |c: char| !c.is_whitespace() && !c.is_control() && c != '<';
        match !crumb.is_empty() && crumb.len() <= LONGEST_CRUMB && crumb.chars().all(fits) {
            true => Ok(crumb),
            false => Err(ProviderError::Denied("no crumb".into())),
        }
    }
}

struct Form {
    to: Url,
    fields: Vec<(String, String)>,
}

/// The form that asks for consent, filled in with a no.
fn consent(reply: &Reply) -> Option<Form> {
    let page = std::str::from_utf8(reply.body()).ok().filter(|page| page.contains("csrfToken"))?;
    let action = tags(page, "form").find_map(|tag| attribute(tag, "action"));
    let to = action.map_or(Some(reply.url().clone()), |to| reply.url().join(&to).ok())?;
    let hidden = tags(page, "input").filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"));
    let mut fields: Vec<(String, String)> =
        hidden.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?))).collect();
    fields.push(("reject".into(), "reject".into()));
    Some(Form { to, fields })
}

/// The opening tags of this name, without their brackets.
fn tags<'a>(page: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let opening = format!("<{name} ");
    let starts: Vec<usize> = page.match_indices(&opening).map(|(at, _)| at).collect();
    starts.into_iter().filter_map(move |at| page[at..].split('>').next())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}
