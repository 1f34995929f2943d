//! Writing a filter: what is wrong is underlined at its place, and what may come next is offered.
//!
//! Without WebAssembly it is a plain form: the server reads the filter, underlines, and answers.

use super::address::Address;
use crate::{
    components::{Button, ButtonLook, Glyph, Icon},
    routes,
};
use domain::scanner::{Completion, FIELDS, Fault, Filter, MAX_FILTER_CHARS, Timeframe, WRITTEN_AS, complete};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::hooks::use_navigate;

/// The editor of the filter in the address.
#[component]
pub fn Editor(address: Memo<Address>) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let filter = move || address.read().filter.clone().unwrap_or_default();
    let text = RwSignal::new(address.read_untracked().filter.clone().unwrap_or_default());
    // What is not finished yet is not wrong yet: while one writes, its end is not judged.
    let typing = RwSignal::new(false);
    let offers = RwSignal::new(Completion::default());
    let taken = RwSignal::new(None::<usize>);
    Effect::new(move |before: Option<String>| {
        let now = filter();
        if before.is_some_and(|before| before != now) {
            text.set(now.clone());
            typing.set(false);
            offers.set(Completion::default());
        }
        now
    });
    let wrong = Signal::derive(move || {
        let text = text.read();
        let fault =
            Some(text.trim()).filter(|text| !text.is_empty()).and_then(|_| Filter::parse(&text).err())?;
        let at_end = (fault.position + fault.length) as usize >= text.trim_end().chars().count();
        (!typing.get() || !at_end).then_some(fault)
    });
    let offer = move || {
        let caret = node.get_untracked().and_then(|node| node.selection_start().ok().flatten());
        let next = text.with_untracked(|text| complete(text, characters(text, caret.unwrap_or_default())));
        offers.set(next);
        taken.set(None);
    };
    let navigate = use_navigate();
    let run = move || {
        let written = text.get_untracked();
        if written.trim().is_empty() {
            return;
        }
        let now = address.get_untracked();
        typing.set(false);
        offers.set(Completion::default());
        navigate(&now.with_filter(written.trim(), now.timeframe).href(), Default::default());
    };
    let accept = move |at: usize| {
        let Completion { from, to, offers: all } = offers.get_untracked();
        let Some(chosen) = all.get(at) else { return };
        let (next, caret) = text.with_untracked(|text| placed(text, from, to, &chosen.text));
        text.set(next.clone());
        typing.set(true);
        if let Some(node) = node.get_untracked() {
            node.set_value(&next);
            // Fails only for a control without a caret, which a text area is not.
            let _ = node.set_selection_range(caret, caret);
            let _ = node.focus();
        }
        offer();
    };
    let keys = {
        let run = run.clone();
        move |event: KeyboardEvent| {
            let (count, at) = (offers.with_untracked(|all| all.offers.len()), taken.get_untracked());
            match (event.key().as_str(), at) {
                ("Escape", _) if count > 0 => offers.set(Completion::default()),
                ("ArrowDown", at) if count > 0 => taken.set(Some(at.map_or(0, |at| (at + 1) % count))),
                ("ArrowUp", Some(at)) => taken.set(Some((at + count - 1) % count)),
                ("Enter" | "Tab", Some(at)) => accept(at),
                ("Enter", None) if !event.shift_key() => run(),
                _ => return,
            }
            event.prevent_default();
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        run();
    };
    let option = move |at: usize| format!("filter-offer-{at}");
    let list = move || {
        let all = offers.get().offers;
        all.into_iter()
            .enumerate()
            .map(|(at, each)| {
                let chosen = move || (taken.get() == Some(at)).to_string();
                view! {
                    <li
                        id=option(at)
                        role="option"
                        class="filter-offer"
                        aria-selected=chosen
                        on:mousedown=move |event| {
                            event.prevent_default();
                            accept(at);
                        }
                    >
                        <span class="mono">{each.text}</span>
                        <span class="muted">{each.meaning}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let open = Memo::new(move |_| offers.with(|all| !all.offers.is_empty()));
    let parts = move || text.with(|text| wrong.with(|wrong| parts(text, wrong.as_ref())));
    let words = move || {
        wrong.with(|wrong| {
            wrong.as_ref().map(|fault| format!("At character {}: {}.", fault.position + 1, fault.reason))
        })
    };
    view! {
        <form class="card filter" method="get" action=super::HERE role="search" aria-label="Screen" on:submit=submit>
            {move || {
                (address.read().timeframe == Timeframe::Weekly)
                    .then(|| view! { <input type="hidden" name="timeframe" value="weekly" /> })
            }}
            <label class="field-label" for="filter-text">
                "Screen"
            </label>
            <div class="filter-row">
                <div class="filter-box">
                    <div class="filter-echo" aria-hidden="true">
                        <span>{move || parts().0}</span>
                        <span class="filter-wrong" data-wrong=move || wrong.with(Option::is_some).to_string()>
                            {move || parts().1}
                        </span>
                        <span>{move || parts().2}</span>
                    </div>
                    <textarea
                        class="input filter-text"
                        id="filter-text"
                        name="filter"
                        rows="2"
                        maxlength=MAX_FILTER_CHARS.to_string()
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        placeholder=WRITTEN_AS[0]
                        node_ref=node
                        aria-controls="filter-offers"
                        aria-autocomplete="list"
                        aria-activedescendant=move || taken.get().map(option)
                        aria-invalid=move || wrong.with(|wrong| wrong.is_some().then_some("true"))
                        aria-describedby="filter-says"
                        prop:value=move || text.get()
                        on:input=move |event| {
                            text.set(event_target_value(&event));
                            typing.set(true);
                            offer();
                        }
                        on:keydown=keys
                        on:blur=move |_| offers.set(Completion::default())
                    inner_html=crate::format::escaped(&text.get_untracked())
                    ></textarea>
                    <ul class="filter-offers" id="filter-offers" role="listbox" aria-label="What may come next" hidden=move || !open.get()>
                        {list}
                    </ul>
                </div>
                <Button kind="submit" look=ButtonLook::Primary icon=Glyph::Scanner>
                    "Screen"
                </Button>
            </div>
            <p class="filter-says" id="filter-says" role="status" data-wrong=move || wrong.with(Option::is_some).to_string()>
                {move || words().map(|words| view! { <Icon glyph=Glyph::Failed /><span>{words}</span> })}
            </p>
            <Help address />
        </form>
    }
}

/// Examples to begin with, and every field with its meaning.
#[component]
fn Help(address: Memo<Address>) -> impl IntoView {
    let examples = WRITTEN_AS
        .into_iter()
        .map(|example| {
            let href = move || {
                let address = address.read();
                address.with_filter(example, address.timeframe).href()
            };
            view! { <li><a class="mono" href=href>{example}</a></li> }
        })
        .collect_view();
    let groups = FIELDS
        .chunk_by(|a, b| a.group == b.group)
        .map(|fields| {
            let rows = fields
                .iter()
                .map(|field| {
                    view! {
                        <div>
                            <dt class="mono">
                                <a class="how-link" href=routes::how_field(field.name)>
                                    {field.name}
                                </a>
                            </dt>
                            <dd>{field.meaning} " " <span class="muted">{field.unit.as_str()}</span></dd>
                        </div>
                    }
                })
                .collect_view();
            view! {
                <section>
                    <h3>{fields[0].group.as_str()}</h3>
                    <dl>{rows}</dl>
                </section>
            }
        })
        .collect_view();
    view! {
        <details class="filter-help">
            <summary>"Examples and fields"</summary>
            <ul class="filter-examples">{examples}</ul>
            <p class="muted">
                "Compare with < <= > >= = != and join with and, or, not and parentheses; + - * / reckon. Words stand in \
                 quotes. Fields in percent count percent points: changePercent > 3. Large numbers may end in K, M, B or T. \
                 What is not known of a symbol does not match."
            </p>
            <div class="filter-fields">{groups}</div>
        </details>
    }
}

/// The text before, in and after the place that is wrong; something to underline also where something is missing.
fn parts(text: &str, wrong: Option<&Fault>) -> (String, String, String) {
    let Some(wrong) = wrong else { return (text.to_string(), String::new(), String::new()) };
    let letters: Vec<char> = text.chars().collect();
    let from = (wrong.position as usize).min(letters.len());
    let to = (from + wrong.length as usize).min(letters.len());
    let part = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    let inside = if from == to { "\u{a0}\u{a0}".to_string() } else { part(from..to) };
    (part(0..from), inside, part(to..letters.len()))
}

/// A caret counted in UTF-16, as browsers do, in characters.
fn characters(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    text.chars()
        .take_while(|letter| {
            let fits = left >= letter.len_utf16();
            left = left.saturating_sub(letter.len_utf16());
            fits
        })
        .count()
}

/// The text with a word in place of some characters and a space behind it, and the caret after that, in UTF-16.
fn placed(text: &str, from: usize, to: usize, word: &str) -> (String, u32) {
    let letters: Vec<char> = text.chars().collect();
    let (from, to) = (from.min(letters.len()), to.min(letters.len()));
    let before: String = letters[..from].iter().collect();
    let after: String = letters[to..].iter().collect();
    let begun = format!("{before}{word}{}", if after.starts_with(' ') { "" } else { " " });
    let caret = begun.encode_utf16().count() + usize::from(after.starts_with(' '));
    (begun + &after, caret as u32)
}

#[cfg(test)]
mod tests {
    use super::{characters, parts, placed};
    use domain::scanner::Filter;

    #[test]
    fn the_wrong_word_stands_between_what_is_before_and_after_it() {
        let text = "rsi14 < 30 and closs > 5";
        let fault = Filter::parse(text).expect_err("closs is no field");
        let (before, inside, after) = parts(text, Some(&fault));
        assert_eq!((before.as_str(), inside.as_str(), after.as_str()), ("rsi14 < 30 and ", "closs", " > 5"));
    }

    #[test]
    fn carets_are_counted_as_browsers_do() {
        // The candle is two units of UTF-16 and one character.
        assert_eq!(characters("a\u{1f56f}b", 3), 2);
        assert_eq!(placed("rs < 30", 0, 2, "rsi14"), ("rsi14 < 30".to_string(), 6));
        assert_eq!(placed("clo", 0, 3, "close"), ("close ".to_string(), 6));
    }
}
