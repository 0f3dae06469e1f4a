/*
titel: De gebieden die op de peildatum van het nieuwste register bestaan
korrel: een rij per gebied
*/
with

register as (
    select max(peildatum) as peildatum
    from coverage
    where source = 'bureau'
),

current_areas as (
    select
        areas.area_id,
        areas.name,
        areas.postcodes
    from areas
    cross join register
    where
        coalesce(areas.valid_from <= register.peildatum, true)
        and coalesce(areas.valid_until > register.peildatum, true)
),

final as (
    select
        area_id,
        max(name) as name,
        max(postcodes) as postcodes
    from current_areas
    group by area_id
)

select * from final
