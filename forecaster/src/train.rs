//! One training, on what was known before a day.

use crate::{
    Settings,
    net::{Chance, Net, Weights},
    sample::{Sample, samples},
};
use candle_core::{Device, Result, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use chrono::NaiveDate;
use domain::forecast::{History, diebold_mariano};
use serde::{Deserialize, Serialize};

/// The newest part of the samples, which only chooses: when to stop, and how far to trust.
const CHOOSING: f64 = 0.25;
/// Batches between two looks at it.
const LOOK_EVERY: usize = 25;
/// Shares of the net's answer that may be trusted.
const TRUSTS: [f32; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// Statistic from which on the net is trusted at all: the one-sided 5 % point of the normal distribution.
const BEYOND_CHANCE: f64 = 1.645;
const LEARNING_RATE: f64 = 3e-3;

/// A net and how far it is trusted, by horizon: 0 is the random walk with drift, 1 the net's own answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    /// Cells.
    pub hidden: usize,
    /// Of the net.
    pub weights: Weights,
    /// By horizon.
    pub trust: [f32; 3],
}

/// Learns from everything whose outcome was known before a day. `None` with fewer samples than two batches, or when
/// `stop` says so.
pub fn train(
    histories: &[History],
    before: NaiveDate,
    settings: &Settings,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Learnt>> {
    let all = samples(histories, before, settings.stride);
    if all.len() < 2 * settings.batch {
        return Ok(None);
    }
    let first_choosing = all[((all.len() as f64) * (1.0 - CHOOSING)) as usize].as_of;
    // What the net learns from ended before what it is tried on begins.
    let learning: Vec<&Sample> = all.iter().filter(|sample| sample.due < first_choosing).collect();
    let choosing: Vec<&Sample> = all.iter().filter(|sample| sample.as_of >= first_choosing).collect();
    if learning.len() < settings.batch {
        return Ok(None);
    }
    let mut chance = Chance(settings.seed);
    let net = Net::new(settings.hidden, &mut chance)?;
    let rate = ParamsAdamW { lr: LEARNING_RATE, weight_decay: 0.01, ..ParamsAdamW::default() };
    let mut optimiser = AdamW::new(net.vars(), rate)?;
    let mut best = (missed(&net, &choosing)?, net.weights()?);
    for at in 1..=settings.batches {
        if stop() {
            return Ok(None);
        }
        let batch: Vec<&Sample> =
            (0..settings.batch).map(|_| learning[chance.below(learning.len())]).collect();
        optimiser.backward_step(&loss(&net, &batch)?)?;
        if at % LOOK_EVERY == 0 {
            let miss = missed(&net, &choosing)?;
            if miss < best.0 {
                best = (miss, net.weights()?);
            }
        }
    }
    let net = Net::of(settings.hidden, &best.1)?;
    Ok(Some(Learnt { hidden: settings.hidden, weights: best.1, trust: trust(&net, &choosing)? }))
}

/// Mean absolute miss: its best answer is the median, which is what is forecast.
fn loss(net: &Net, batch: &[&Sample]) -> Result<Tensor> {
    let shown: Vec<&[f32]> = batch.iter().map(|sample| sample.shown.as_slice()).collect();
    let came: Vec<f32> = batch.iter().flat_map(|sample| sample.came).collect();
    let came = Tensor::from_vec(came, (batch.len(), 3), &Device::Cpu)?;
    net.forward(&shown)?.sub(&came)?.abs()?.mean_all()
}

fn missed(net: &Net, samples: &[&Sample]) -> Result<f64> {
    let answers = answers(net, samples)?;
    let miss = |(sample, answer): (&&Sample, &[f32; 3])| -> f64 {
        (0..3).map(|at| f64::from((sample.came[at] - answer[at]).abs())).sum()
    };
    Ok(samples.iter().zip(&answers).map(miss).sum::<f64>() / (3 * samples.len()) as f64)
}

fn answers(net: &Net, samples: &[&Sample]) -> Result<Vec<[f32; 3]>> {
    let shown: Vec<&[f32]> = samples.iter().map(|sample| sample.shown.as_slice()).collect();
    net.answers(&shown)
}

/// The share of the answer that would have missed least, and none of it unless that was better than the random walk
/// beyond chance. Samples of one day are one observation; 90 bars of overlap are allowed for.
fn trust(net: &Net, samples: &[&Sample]) -> Result<[f32; 3]> {
    let answers = answers(net, samples)?;
    let pairs: Vec<(&&Sample, &[f32; 3])> = samples.iter().zip(&answers).collect();
    let mut trust = [0.0; 3];
    for (at, trust) in trust.iter_mut().enumerate() {
        let miss = |share: f32| {
            move |(sample, answer): &(&&Sample, &[f32; 3])| {
                f64::from((sample.came[at] - share * answer[at]).abs())
            }
        };
        let total = |share: f32| pairs.iter().map(miss(share)).sum::<f64>();
        let best = TRUSTS.into_iter().min_by(|a, b| total(*a).total_cmp(&total(*b))).unwrap_or(0.0);
        let days: Vec<f64> = pairs
            .chunk_by(|a, b| a.0.as_of == b.0.as_of)
            .map(|day| {
                day.iter().map(|pair| miss(0.0)(pair) - miss(best)(pair)).sum::<f64>() / day.len() as f64
            })
            .collect();
        if diebold_mariano(&days, 90).is_some_and(|t| t > BEYOND_CHANCE) {
            *trust = best;
        }
    }
    Ok(trust)
}
