//! What a newcomer may want next: a portfolio of their own, or a sample to look around in.

use crate::{
    api::portfolios::Sample,
    components::{Button, ButtonLink, ButtonLook, EmptyState, Glyph},
    error::AppError,
    pages::form::{FormProblem, answer, go_on},
    routes,
};
use leptos::{form::ActionForm, prelude::*};

/// How many portfolios there are.
pub type Counted = Resource<Result<usize, AppError>>;

/// Nothing once there is a portfolio, or where nobody could tell.
#[component]
pub fn FirstPortfolio(portfolios: Counted) -> impl IntoView {
    let sample = ServerAction::<Sample>::new();
    go_on(answer(sample));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                matches!(portfolios.await, Ok(0))
                    .then(|| {
                        view! {
                            <section class="card" aria-label="Your portfolio">
                                <EmptyState
                                    title="What do you own?"
                                    glyph=Glyph::Portfolio
                                    text="Enter or import your transactions and see what they became. Or look around in a sample first."
                                >
                                    <ButtonLink href=routes::PORTFOLIOS look=ButtonLook::Primary>
                                        "Create a portfolio"
                                    </ButtonLink>
                                    <ActionForm action=sample>
                                        <Button kind="submit" busy=sample.pending()>
                                            "Show me a sample"
                                        </Button>
                                    </ActionForm>
                                </EmptyState>
                                <FormProblem answer=answer(sample) />
                            </section>
                        }
                    })
            })}
        </Suspense>
    }
}
