/*
titel: Tellers en noemers van de regio per leeftijdsgroep en geslacht: de maatstaf van gestandaardiseerde waarden
korrel: een rij per indicator, leeftijdsgroep, geslacht en maand; alleen praktijken die leverden
*/
with

counted as (
    select
        results.indicator_id,
        results.age_band,
        results.sex,
        results.period_start,
        results.numerator,
        results.denominator
    from results
    inner join indicator_catalogue
        on results.indicator_id = indicator_catalogue.indicator_id
    inner join practice_states
        on
            indicator_catalogue.requirement = practice_states.requirement
            and results.practice_id = practice_states.practice_id
            and results.period_start = practice_states.period_start
    where
        practice_states.state = 'value'
        and results.age_band is not null
),

final as (
    select
        indicator_id,
        age_band,
        sex,
        period_start,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from counted
    group by indicator_id, age_band, sex, period_start
)

select * from final
