//! The net: one layer of LSTM cells over 90 returns, and three numbers read from where it ends.

use candle_core::{DType, Device, Result, Tensor, Var};
use candle_nn::{LSTM, LSTMConfig, Linear, Module, RNN, VarBuilder, linear, lstm};
use domain::forecast::WARM_UP;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A weight as it is kept: its shape and its numbers, row by row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// All weights by name.
pub type Weights = BTreeMap<String, Weight>;

/// A net with weights that can be learnt.
pub struct Net {
    vars: BTreeMap<&'static str, Var>,
    cells: LSTM,
    head: Linear,
}

/// Name and shape of each weight of a net of so many cells.
fn shapes(hidden: usize) -> [(&'static str, Vec<usize>); 6] {
    [
        ("bias_hh_l0", vec![4 * hidden]),
        ("bias_ih_l0", vec![4 * hidden]),
        ("head.bias", vec![3]),
        ("head.weight", vec![3, hidden]),
        ("weight_hh_l0", vec![4 * hidden, hidden]),
        ("weight_ih_l0", vec![4 * hidden, 1]),
    ]
}

impl Net {
    /// A net that knows nothing: weights drawn evenly from +-1/sqrt(cells), as PyTorch's LSTM begins; the head begins
    /// at zero, so that the first answer is "as the random walk".
    pub fn new(hidden: usize, draw: &mut Chance) -> Result<Net> {
        let bound = 1.0 / (hidden as f64).sqrt();
        let weights = shapes(hidden).into_iter().map(|(name, shape)| {
            let count = shape.iter().product();
            let value = |_| if name.starts_with("head") { 0.0 } else { bound * (2.0 * draw.share() - 1.0) };
            let values = (0..count).map(value).map(|value| value as f32).collect();
            (name.to_string(), Weight { shape, values })
        });
        Net::of(hidden, &weights.collect())
    }

    /// A net with these weights.
    pub fn of(hidden: usize, weights: &Weights) -> Result<Net> {
        let (mut vars, mut tensors) = (BTreeMap::new(), HashMap::new());
        for (name, shape) in shapes(hidden) {
            let weight = weights.get(name).filter(|weight| weight.shape == shape);
            let Some(weight) = weight else { candle_core::bail!("no weight {name} of this size") };
            let values = Tensor::from_vec(weight.values.clone(), shape, &Device::Cpu)?;
            let var = Var::from_tensor(&values)?;
            tensors.insert(name.to_string(), var.as_tensor().clone());
            vars.insert(name, var);
        }
        let builder = VarBuilder::from_tensors(tensors, DType::F32, &Device::Cpu);
        let cells = lstm(1, hidden, LSTMConfig::default(), builder.clone())?;
        Ok(Net { vars, cells, head: linear(hidden, 3, builder.pp("head"))? })
    }

    /// The answers to inputs of 90 numbers each: a row of three for each.
    pub fn forward(&self, shown: &[&[f32]]) -> Result<Tensor> {
        let flat: Vec<f32> = shown.iter().flat_map(|each| each.iter().copied()).collect();
        let input = Tensor::from_vec(flat, (shown.len(), WARM_UP, 1), &Device::Cpu)?;
        let mut state = self.cells.zero_state(shown.len())?;
        for at in 0..WARM_UP {
            state = self.cells.step(&input.narrow(1, at, 1)?.squeeze(1)?, &state)?;
        }
        self.head.forward(state.h())
    }

    /// The answers as numbers.
    pub fn answers(&self, shown: &[&[f32]]) -> Result<Vec<[f32; 3]>> {
        let mut all = Vec::with_capacity(shown.len());
        for some in shown.chunks(512) {
            let rows = self.forward(some)?.detach().to_vec2::<f32>()?;
            all.extend(rows.iter().map(|row| [row[0], row[1], row[2]]));
        }
        Ok(all)
    }

    /// What can be learnt.
    pub fn vars(&self) -> Vec<Var> {
        self.vars.values().cloned().collect()
    }

    /// A copy of what it has learnt so far.
    pub fn weights(&self) -> Result<Weights> {
        let weight = |(name, var): (&&str, &Var)| {
            let values = var.as_tensor().flatten_all()?.to_vec1::<f32>()?;
            Ok((name.to_string(), Weight { shape: var.as_tensor().dims().to_vec(), values }))
        };
        self.vars.iter().map(weight).collect()
    }
}

/// Chance that can be repeated: SplitMix64 (Steele, Lea, Flood, 2014).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of so many.
    pub fn below(&mut self, count: usize) -> usize {
        (self.share() * count as f64) as usize
    }
}
