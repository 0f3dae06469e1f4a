/*
titel: De maand waarin de regio een stratum voor het eerst zag
korrel: een rij per indicator en stratum
*/
with

-- refresh also adds the first row of a stratum from before the first month, and only rows of members
final as (
    select
        indicator_id,
        stratum,
        min(period_start) as first_period
    from results
    where stratum is not null
    group by indicator_id, stratum
)

select * from final
