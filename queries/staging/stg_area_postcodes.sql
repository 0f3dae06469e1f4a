/*
titel: Welke PC4 in welk gebied ligt, volgens het nieuwste register
korrel: een rij per PC4
*/
with

listed as (
    select
        stg_areas.area_id,
        codes.postcode4
    from stg_areas
    cross join unnest(split(stg_areas.postcodes, ' ')) as codes (postcode4)
),

final as (
    select
        postcode4,
        -- a register should name a PC4 once; when it does not, the choice must not depend on row order
        min(area_id) as area_id
    from listed
    where postcode4 <> ''
    group by postcode4
)

select * from final
