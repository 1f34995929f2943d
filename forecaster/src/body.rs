//! What is kept of a training.

use crate::train::Learnt;
use domain::forecast::Calibration;
use serde::{Deserialize, Serialize};

/// Everything needed to speak again, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Of the net.
    pub learnt: Learnt,
    /// How wide its intervals are.
    pub calibration: Calibration,
}

impl Body {
    /// Reads what [`serde_json::to_string`] wrote; `None` for what no net can be made of.
    pub fn read(text: &str) -> Option<Body> {
        let body: Body = serde_json::from_str(text).ok()?;
        let is_share = |trust: &f32| (0.0..=1.0).contains(trust);
        (body.calibration.is_sound() && body.learnt.trust.iter().all(is_share)).then_some(body)
    }
}
