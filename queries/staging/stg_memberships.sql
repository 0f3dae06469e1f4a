/*
titel: In welke maanden een praktijk op de laatste dag lid is
korrel: een rij per praktijk en maand
*/
with

final as (
    select distinct
        practices.practice_id,
        stg_periods.period_start
    from practices
    cross join stg_periods
    where
        coalesce(practices.joined_on <= stg_periods.period_end, true)
        -- the leaving date is the first day no longer a member
        and coalesce(practices.left_on > stg_periods.period_end, true)
)

select * from final
