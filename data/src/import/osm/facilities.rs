//! Which stations and other service places there are.
//!
//! What OpenStreetMap has no tag for is told by its name: love stations 爱心驿站, party-service centres 党群服务中心, mediation rooms,
//! legal-aid desks.

use super::{
    Made, Report,
    element::{Elements, Tags},
    hours, outlines,
};
use crate::{
    import::ground,
    model::{
        facility::{Facility, FacilityKind},
        id::{FacilityId, StationId},
        place::Place,
        station::Station,
        time::Timetable,
    },
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Service {
    Station,
    Facility(FacilityKind),
}

/// Step: nodes, closed ways and multipolygons that serve people. Ground is taken at a door on its edge where one is mapped, else at a
/// place inside. Without a name the operator is taken, else the word for its kind.
pub(super) fn draft(elements: &Elements, made: &mut Made, report: &mut Report) {
    for node in &elements.tagged_nodes {
        if let (Some(service), Some(place)) = (service(&node.tags), elements.place_of(node.id)) {
            push(made, report, service, &node.tags, place);
        }
    }
    for way in &elements.ways {
        let Some(service) = service(&way.tags) else { continue };
        let door = door(way.nodes.iter().copied(), elements);
        let place = door.map_or_else(|| outlines::of_way(way, elements).map(|it| ground::inside(&it)), Ok);
        match place {
            Ok(place) => push(made, report, service, &way.tags, place),
            Err(broken) => report.way(elements, way, broken),
        }
    }
    for relation in elements.relations.iter().filter(|relation| relation.tags.is("type", "multipolygon")) {
        let Some(service) = service(&relation.tags) else { continue };
        let nodes = outlines::outer_ways(relation, elements).flat_map(|way| way.nodes.iter().copied());
        let door = door(nodes, elements);
        let place =
            door.map_or_else(|| outlines::of_relation(relation, elements).map(|it| ground::inside(&it)), Ok);
        match place {
            Ok(place) => push(made, report, service, &relation.tags, place),
            Err(broken) => report.relation(elements, relation, broken),
        }
    }
}

/// The main door, else any door.
fn door(nodes: impl Iterator<Item = i64>, elements: &Elements) -> Option<Place> {
    let mut any = None;
    for node in nodes {
        match elements.node_tags(node).and_then(|tags| tags.value("entrance")) {
            Some("main") => return elements.place_of(node),
            Some("yes" | "entrance") if any.is_none() => any = elements.place_of(node),
            _ => {}
        }
    }
    any
}

fn service(tags: &Tags) -> Option<Service> {
    let name = tags.name().unwrap_or_default();
    let by_name = [
        ("爱心驿站", Service::Station),
        ("党群服务", Service::Facility(FacilityKind::PartyService)),
        ("法律援助", Service::Facility(FacilityKind::LegalAid)),
        ("调解", Service::Facility(FacilityKind::Mediation)),
    ];
    // A bus stop is named after what it stands at: only places of service count.
    let serves =
        ["amenity", "office", "social_facility", "healthcare"].iter().any(|key| tags.value(key).is_some());
    if let Some((_, service)) = by_name.iter().find(|(word, _)| serves && name.contains(word)) {
        return Some(*service);
    }
    let for_the_old =
        tags.value("social_facility:for").is_some_and(|whom| whom.split(';').any(|it| it == "senior"));
    let kind = match (tags.value("amenity"), tags.value("social_facility")) {
        (Some("clinic" | "hospital" | "doctors"), _) => FacilityKind::Clinic,
        (Some("kindergarten" | "childcare"), _) => FacilityKind::ChildCare,
        (Some("school" | "college" | "university"), _) => FacilityKind::School,
        (Some("police"), _) => FacilityKind::Police,
        (Some("fire_station"), _) => FacilityKind::FireStation,
        (Some("townhall"), _) => FacilityKind::PublicOffice,
        (Some("canteen"), _) | (_, Some("soup_kitchen")) => FacilityKind::Canteen,
        (Some("nursing_home"), _) | (_, Some("nursing_home" | "assisted_living")) => FacilityKind::ElderCare,
        (Some("social_facility"), _) if for_the_old => FacilityKind::ElderCare,
        _ => match (tags.value("healthcare"), tags.value("office")) {
            (Some("clinic" | "hospital" | "doctor" | "centre"), _) => FacilityKind::Clinic,
            (_, Some("government")) => FacilityKind::PublicOffice,
            _ => return None,
        },
    };
    Some(Service::Facility(kind))
}

fn push(made: &mut Made, report: &mut Report, service: Service, tags: &Tags, place: Place) {
    let timetable = tags.value("opening_hours").map_or_else(Timetable::default, |text| {
        let timetable = hours::read(text);
        report.summary.add(if timetable.is_some() {
            "timetables read"
        } else {
            "timetables left empty: not simple"
        });
        timetable.unwrap_or_default()
    });
    let name = tags.name().or_else(|| tags.text("operator"));
    match service {
        Service::Station => {
            let id =
                StationId::new(made.stations.len() as u64 + 1).expect("there are fewer elements than ids");
            made.stations.push(Station { id, name: name.unwrap_or_default(), place, timetable });
        }
        Service::Facility(kind) => {
            let id =
                FacilityId::new(made.facilities.len() as u64 + 1).expect("there are fewer elements than ids");
            let name = name.unwrap_or_else(|| kind.word().replace('_', " "));
            made.facilities.push(Facility { id, kind, name, place, timetable });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Option<Service> {
        service(&Tags::of(pairs))
    }

    #[test]
    fn services_are_told_by_their_tags() {
        let facility = |kind| Some(Service::Facility(kind));
        assert_eq!(of(&[("amenity", "hospital")]), facility(FacilityKind::Clinic));
        assert_eq!(of(&[("healthcare", "doctor")]), facility(FacilityKind::Clinic));
        assert_eq!(of(&[("office", "government")]), facility(FacilityKind::PublicOffice));
        let senior = [("amenity", "social_facility"), ("social_facility:for", "senior;disabled")];
        assert_eq!(of(&senior), facility(FacilityKind::ElderCare));
        assert_eq!(of(&[("amenity", "social_facility"), ("social_facility", "shelter")]), None);
        assert_eq!(of(&[("amenity", "bench")]), None);
    }

    #[test]
    fn what_has_no_tag_is_told_by_its_name() {
        let named = |name| of(&[("amenity", "community_centre"), ("name", name)]);
        assert_eq!(named("凌空街道爱心驿站"), Some(Service::Station));
        assert_eq!(named("爱心社区党群服务中心"), Some(Service::Facility(FacilityKind::PartyService)));
        assert_eq!(named("铁西区法律援助中心"), Some(Service::Facility(FacilityKind::LegalAid)));
        assert_eq!(named("人民调解室"), Some(Service::Facility(FacilityKind::Mediation)));
        assert_eq!(named("社区活动室"), None);
        assert_eq!(of(&[("highway", "bus_stop"), ("name", "爱心驿站")]), None);
    }
}
