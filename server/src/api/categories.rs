//! Which categories of matters there are: `GET /categories`.

use axum::Json;
use gridward_domain::cases::categories::CATEGORIES;
use serde::Serialize;
use utoipa::ToSchema;

/// The categories of matters.
#[derive(Serialize, ToSchema)]
pub(crate) struct Categories {
    categories: Vec<CategoryView>,
}

/// A category of matters.
#[derive(Serialize, ToSchema)]
struct CategoryView {
    /// Two digits.
    code: &'static str,
    /// Its Chinese name.
    zh: &'static str,
    /// Its English name.
    en: &'static str,
    /// Whether a report of it makes a hazard.
    hazard: bool,
}

/// The categories of matters, by code.
#[utoipa::path(get, operation_id = "listCategories", path = "/categories", tag = "cases", responses((status = OK, body = Categories)))]
pub(crate) async fn list() -> Json<Categories> {
    let categories = CATEGORIES.iter().map(|category| CategoryView {
        code: category.code,
        zh: category.zh,
        en: category.en,
        hazard: category.hazard,
    });
    Json(Categories { categories: categories.collect() })
}
