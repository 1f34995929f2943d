//! What operators have to know.

use crate::error::AppError;
use domain::ops_alert::OpsAlert;
use leptos::prelude::*;
use uuid::Uuid;

/// The latest alerts, newest first, seen or not.
#[server(prefix = "/api", endpoint = "ops-alerts/list", input = server_fn::codec::GetUrl)]
pub async fn list_ops_alerts() -> Result<Vec<OpsAlert>, AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    engine.alerts().list(&operator, false, None, 100).await.map_err(crate::backend::show)
}

/// Says that the operator has seen an alert.
#[server(prefix = "/api", endpoint = "ops-alerts/acknowledge")]
pub async fn acknowledge_ops_alert(id: Uuid) -> Result<(), AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    engine.alerts().acknowledge(&operator, id).await.map_err(crate::backend::show)
}
