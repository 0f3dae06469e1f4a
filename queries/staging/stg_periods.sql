/*
titel: De maanden die worden uitgerekend
korrel: een rij per kalendermaand
*/
with

final as (
    select
        period_start,
        period_end,
        period_index
    from periods
)

select * from final
