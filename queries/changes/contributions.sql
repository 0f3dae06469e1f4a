/*
titel: Wat elke praktijk aan de cijfers bijdraagt: de uitkomsten van de maanden waarin zij meetelt
korrel: een rij per indicator, stratum, praktijk, gebied en maand
*/
with

final as (
    select
        results.indicator_id,
        results.stratum,
        results.practice_id,
        case
            when indicator_catalogue.geography = 'regio'
                then coalesce(stg_area_successors.successor_id, results.area_id)
            else results.area_id
        end as area_id,
        results.period_start,
        cast(sum(results.numerator) as bigint) as numerator,
        cast(sum(results.denominator) as bigint) as denominator
    from results
    inner join indicator_catalogue
        on results.indicator_id = indicator_catalogue.indicator_id
    inner join practice_states
        on
            indicator_catalogue.requirement = practice_states.requirement
            and results.practice_id = practice_states.practice_id
            and results.period_start = practice_states.period_start
    left join stg_area_successors
        on results.area_id = stg_area_successors.area_id
    where practice_states.state = 'value'
    group by
        results.indicator_id,
        results.stratum,
        results.practice_id,
        case
            when indicator_catalogue.geography = 'regio'
                then coalesce(stg_area_successors.successor_id, results.area_id)
            else results.area_id
        end,
        results.period_start
)

select * from final
