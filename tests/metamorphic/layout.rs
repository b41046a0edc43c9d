//! Which fields a policy states, in which order, and what says the category of its cookies.

use fastrand::Rng;

/// A field of a cookie that a policy may state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Name,
    Provider,
    Domain,
    Purpose,
    Duration,
    Category,
}

/// What says the category of a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CategoryBy {
    /// A field of its own.
    Field,
    /// Something over the rows of a group: a heading, or what the shape puts in its place.
    Group,
    /// Nothing does.
    Nothing,
}

/// The fields of a policy.
#[derive(Debug, Clone)]
pub struct Layout {
    /// In the order of their columns.
    pub fields: Vec<Field>,
    /// What says the category.
    pub category: CategoryBy,
}

/// Any fields, and anything that says the category.
pub fn any(rng: &mut Rng) -> Layout {
    match rng.u8(..3) {
        0 => by_field(rng),
        1 => by_group(rng),
        _ => without_category(rng),
    }
}

/// The category in a field of its own.
pub fn by_field(rng: &mut Rng) -> Layout {
    let mut fields = fields(rng);
    let place = [fields.len(), 0, 1][rng.usize(..3)];
    fields.insert(place.min(fields.len()), Field::Category);
    Layout { fields, category: CategoryBy::Field }
}

/// The category over the rows of a group.
pub fn by_group(rng: &mut Rng) -> Layout {
    Layout { fields: fields(rng), category: CategoryBy::Group }
}

/// No category.
pub fn without_category(rng: &mut Rng) -> Layout {
    Layout { fields: fields(rng), category: CategoryBy::Nothing }
}

/// The name first and no column of a category, which would stand before it.
pub fn name_first(rng: &mut Rng) -> Layout {
    let mut layout = if rng.bool() { by_group(rng) } else { without_category(rng) };
    layout.fields.retain(|field| *field != Field::Name);
    layout.fields.insert(0, Field::Name);
    layout
}

/// The name first, and the category over the rows of a group.
pub fn name_first_by_group(rng: &mut Rng) -> Layout {
    let mut layout = by_group(rng);
    layout.fields.retain(|field| *field != Field::Name);
    layout.fields.insert(0, Field::Name);
    layout
}

/// Name, purpose and lifetime.
pub fn three(rng: &mut Rng) -> Layout {
    let category = if rng.bool() { CategoryBy::Group } else { CategoryBy::Nothing };
    Layout { fields: vec![Field::Name, Field::Purpose, Field::Duration], category }
}

/// Who sets the cookie, its name and its lifetime.
pub fn owned(rng: &mut Rng) -> Layout {
    let category = if rng.bool() { CategoryBy::Group } else { CategoryBy::Nothing };
    Layout { fields: vec![Field::Provider, Field::Name, Field::Duration], category }
}

/// Names alone.
pub fn names(_: &mut Rng) -> Layout {
    Layout { fields: vec![Field::Name], category: CategoryBy::Nothing }
}

/// A field for whoever sets the cookie, before the others.
pub fn provider_first(rng: &mut Rng) -> Layout {
    let mut fields = vec![Field::Provider, Field::Name, Field::Purpose, Field::Duration];
    if rng.bool() {
        fields.swap(2, 3);
    }
    Layout { fields, category: if rng.bool() { CategoryBy::Group } else { CategoryBy::Nothing } }
}

/// The host before the others.
pub fn host_first(rng: &mut Rng) -> Layout {
    let mut layout = provider_first(rng);
    layout.fields[0] = Field::Domain;
    layout
}

/// A name, a purpose, a lifetime and, in two of three policies, who sets the cookie.
fn fields(rng: &mut Rng) -> Vec<Field> {
    let mut fields = vec![Field::Purpose, Field::Duration];
    if rng.bool() {
        fields.reverse();
    }
    let setter = [None, Some(Field::Provider), Some(Field::Domain)][rng.usize(..3)];
    if let Some(setter) = setter {
        let place = rng.usize(..=fields.len());
        fields.insert(place, setter);
    }
    let place = usize::from(setter.is_some() && rng.u8(..6) == 0);
    fields.insert(place, Field::Name);
    fields
}
