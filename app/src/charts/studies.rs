//! The indicators of a chart: each with its inputs as number fields and sliders, one to add, each to remove.

use crate::{
    components::{Button, ButtonLook, Glyph, Tooltip},
    routes,
};
use domain::{
    indicator::{Indicator, Input, Study},
    layout::ChartLayout,
};
use leptos::prelude::*;

/// The choice of one more.
const ADD: &str = "study-add";

/// The studies of a layout, to be changed. `sliding`: which one's slider moves. `alive`: the page has taken over from the
/// plain form.
#[component]
pub fn Studies(
    layout: RwSignal<ChartLayout>,
    sliding: RwSignal<Option<usize>>,
    alive: RwSignal<bool>,
) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let each = move || {
        let layout = layout.read();
        layout.studies.iter().map(Study::indicator).enumerate().collect::<Vec<_>>()
    };
    let add = move |()| {
        if let Some(indicator) = Indicator::parse(&chosen.get_untracked()) {
            layout.update(|layout| {
                layout.add(unlike(layout, Study::usual(indicator)));
            });
        }
    };
    let (over, below): (Vec<Indicator>, Vec<Indicator>) =
        Indicator::ALL.iter().copied().partition(|each| each.is_over_price());
    let group = |words: &'static str, indicators: Vec<Indicator>| {
        let options = indicators
            .into_iter()
            .map(|each| view! { <option value=each.as_str()>{format!("{} ({})", each.long(), each.short())}</option> })
            .collect_view();
        view! { <optgroup label=words>{options}</optgroup> }
    };
    view! {
        <ul class="studies">
            <For each key=|study| *study let:study>
                <Row at=study.0 indicator=study.1 layout sliding alive />
            </For>
        </ul>
        <div class="study-add">
            <label class="sr-only" for=ADD>
                "Add an indicator"
            </label>
            <select
                class="input input-small"
                id=ADD
                name="add"
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                <option value="">"Add an indicator…"</option>
                {group("Over the price", over)}
                {group("Below it", below)}
            </select>
            <Show
                when=move || alive.get()
                fallback=|| view! { <Button kind="submit" small=true>"Add or apply"</Button> }
            >
                <Button small=true icon=Glyph::Plus on_click=Callback::new(add)>
                    "Add"
                </Button>
            </Show>
        </div>
    }
}

/// The study, or where the layout has it already, the next one with another first input.
fn unlike(layout: &ChartLayout, study: Study) -> Study {
    let Some(input) = study.indicator().inputs().first() else { return study };
    let others = (0..).map(|step| study.with(0, input.usual + 10.0 * input.step * f64::from(step)));
    // Each is another one until the end of the input is reached, and there are fewer studies than steps to it.
    others.take(domain::layout::MAX_STUDIES).find(|other| !layout.studies.contains(other)).unwrap_or(study)
}

/// One study: its name, its inputs, and the way out.
#[component]
fn Row(
    at: usize,
    indicator: Indicator,
    layout: RwSignal<ChartLayout>,
    sliding: RwSignal<Option<usize>>,
    alive: RwSignal<bool>,
) -> impl IntoView {
    // Enter in a field presses the first button that submits, and that must not be this one.
    let kind = move || if alive.get() { "button" } else { "submit" };
    let study = Memo::new(move |_| layout.read().studies.get(at).copied().unwrap_or(Study::usual(indicator)));
    let remove = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        // This button goes; without a focus in it the menu would close.
        focus_add();
        layout.update(|layout| {
            if at < layout.studies.len() {
                layout.studies.remove(at);
            }
        });
    };
    let inputs = indicator.inputs().iter().enumerate();
    let inputs =
        inputs.map(|(place, input)| control((at, place), indicator, *input, study, (layout, sliding)));
    view! {
        <li class="study" data-study=indicator.as_str()>
            <input type="hidden" name=format!("s{at}") value=indicator.as_str() />
            <div class="study-head">
                <b>
                    {move || study.get().name()}
                    <Tooltip text=indicator.long() subject=indicator.short() href=routes::how(indicator.as_str()) />
                </b>
                <button
                    type=kind
                    class="button button-small button-icon"
                    data-look=ButtonLook::Ghost.as_str()
                    name="remove"
                    value=at.to_string()
                    aria-label=move || format!("Remove {}", study.get().name())
                    on:click=remove
                >
                    <crate::components::Icon glyph=Glyph::Close />
                </button>
            </div>
            {inputs.collect_view()}
        </li>
    }
}

fn focus_add() {
    use wasm_bindgen::JsCast;
    let add = document().get_element_by_id(ADD).and_then(|add| add.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(add) = add
        && let Err(error) = add.focus()
    {
        leptos::logging::warn!("could not focus the choice of indicators: {error:?}");
    }
}

/// An input as a number field, which the form sends, and a slider beside it.
fn control(
    (at, place): (usize, usize),
    indicator: Indicator,
    input: Input,
    study: Memo<Study>,
    (layout, sliding): (RwSignal<ChartLayout>, RwSignal<Option<usize>>),
) -> impl IntoView {
    let value = move || study.get().inputs().nth(place).unwrap_or_default().to_string();
    let set = move |value: f64| {
        layout.update(|layout| {
            if let Some(study) = layout.studies.get_mut(at) {
                *study = study.with(place, value);
            }
        });
    };
    // While somebody types, what is not within the ends is not yet meant.
    let typed = move |event| {
        let value = event_target_value(&event).parse().ok();
        if let Some(value) = value.filter(|value| (input.low..=input.high).contains(value)) {
            set(value);
        }
    };
    let done = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            set(value);
        }
    };
    let id = format!("study-{at}-{place}");
    let name = format!("{} {}", indicator.short(), input.words.to_lowercase());
    view! {
        <div class="study-input">
            <label for=id.clone()>{input.words}</label>
            <input
                type="range"
                aria-label=format!("{name}, slider")
                min=input.low
                max=input.high
                step=input.step
                value=value
                prop:value=value
                on:input=move |event| {
                    sliding.set(Some(at));
                    typed(event);
                }
                on:change=move |_| sliding.set(None)
            />
            <input
                class="input input-small num"
                type="number"
                id=id
                name=format!("s{at}")
                aria-label=name
                min=input.low
                max=input.high
                step=input.step
                value=value
                prop:value=value
                on:input=typed
                on:change=done
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_mean_has_another_period() {
        let mut layout = ChartLayout { studies: vec![], ..ChartLayout::default() };
        let sma = Study::usual(Indicator::Sma);
        let added: Vec<String> = (0..3)
            .map(|_| {
                let next = unlike(&layout, sma);
                layout.add(next);
                next.name()
            })
            .collect();
        assert_eq!(added, ["SMA 20", "SMA 30", "SMA 40"]);
    }
}
