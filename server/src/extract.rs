//! Reading requests: like axum's extractors, but what they refuse is a [`Problem`], and what could be
//! read but makes no sense is 422 with the field's name.

use crate::problem::Problem;
use axum::{
    body::Bytes,
    extract::{
        FromRequest, FromRequestParts, Request,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::{StatusCode, request::Parts},
};
use domain::Symbol;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Body<T>, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Body(value)),
            Err(JsonRejection::JsonDataError(error)) => {
                Err(Problem::invalid("body", shown(&error.body_text())))
            }
            Err(error) => Err(Problem::new(error.status(), shown(&error.body_text()))),
        }
    }
}

/// A body as it came, for what reads it itself.
pub struct Raw(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Raw, Problem> {
        let read = Bytes::from_request(request, state).await;
        read.map(Raw).map_err(|error| Problem::new(error.status(), shown(&error.body_text())))
    }
}

/// The query of the URL.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>, Problem> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Query(value)),
            Err(QueryRejection::FailedToDeserializeQueryString(error)) => {
                Err(Problem::invalid("query", shown(&error.body_text())))
            }
            Err(error) => Err(Problem::new(StatusCode::BAD_REQUEST, error.body_text())),
        }
    }
}

/// The parts of the path, as text. What is no UTF-8 names nothing.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Path(value)),
            Err(PathRejection::FailedToDeserializePathParams(error))
                if error.status() == StatusCode::BAD_REQUEST =>
            {
                Err(Problem::not_found("the address"))
            }
            Err(error) => {
                Err(Problem::from(engine::Error::Internal(format!("path of a route: {}", error.body_text()))))
            }
        }
    }
}

/// A symbol in a path: what can be no symbol is not found.
pub fn symbol(text: &str) -> Result<Symbol, Problem> {
    Symbol::parse(text).ok_or_else(|| Problem::not_found("the symbol"))
}

/// An id in a path: what can be no id is not found.
pub fn id(text: &str) -> Result<Uuid, Problem> {
    Uuid::parse_str(text).map_err(|_| Problem::not_found("what you asked for"))
}

/// The reason in few words: parsers may quote the input at length.
fn shown(text: &str) -> String {
    let text = text
        .strip_prefix("Failed to deserialize the JSON body into the target type: ")
        .or_else(|| text.strip_prefix("Failed to deserialize query string: "))
        .unwrap_or(text);
    text.chars().take(200).collect()
}
