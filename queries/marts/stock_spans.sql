/*
titel: De kwartalen en jaren, met de maand waarvan een stand de waarde neemt
korrel: een rij per tijdvak dat een laatste maand heeft
*/
with

final as (
    select
        period_start,
        cast(year(period_start) as varchar) || '-Q' || cast(quarter(period_start) as varchar) as span
    from stg_periods
    where month(period_start) in (3, 6, 9, 12)
    union all
    select
        period_start,
        cast(year(period_start) as varchar) as span
    from stg_periods
    where month(period_start) = 12
)

select * from final
