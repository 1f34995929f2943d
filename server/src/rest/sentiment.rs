//! `/api/market/sentiment`: how texts of the caller's own sound.

use crate::{
    extract::Body,
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{Json, http::Method};
use domain::sentiment::Scores;
use engine::sentiment;
use serde::{Deserialize, Serialize};

/// Texts in one call.
const MOST_TEXTS: usize = 500;
/// Characters in one text.
const LONGEST: usize = 10_000;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes.add(Access::Known, Method::POST, "/api/market/sentiment", score)
}

#[derive(Deserialize)]
struct Texts {
    texts: Vec<String>,
}

#[derive(Serialize)]
struct Scored {
    /// In the order of the texts.
    scores: Vec<Scores>,
}

async fn score(Known(_): Known, Body(asked): Body<Texts>) -> Result<Json<Scored>, Problem> {
    if asked.texts.len() > MOST_TEXTS {
        return Err(Problem::invalid("texts", format!("has {} texts; 500 at a time", asked.texts.len())));
    }
    if asked.texts.iter().any(|text| text.chars().count() > LONGEST) {
        return Err(Problem::invalid("texts", "has a text of more than 10,000 characters"));
    }
    Ok(Json(Scored { scores: sentiment::score_all(asked.texts).await? }))
}
