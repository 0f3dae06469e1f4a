/*
titel: Tellers en noemers van de regio per leeftijdsgroep en geslacht: de maatstaf van gestandaardiseerde waarden
korrel: een rij per indicator, leeftijdsgroep, geslacht en maand; alleen praktijken die leverden. De grootste is wat een praktijk er het meest van heeft
*/
with

counted as (
    select
        results.indicator_id,
        results.practice_id,
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

practice_counts as (
    select
        indicator_id,
        practice_id,
        age_band,
        sex,
        period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from counted
    group by indicator_id, practice_id, age_band, sex, period_start
),

final as (
    select
        indicator_id,
        age_band,
        sex,
        period_start,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator,
        cast(max(numerator) as bigint) as largest_numerator,
        cast(max(denominator - numerator) as bigint) as largest_rest
    from practice_counts
    group by indicator_id, age_band, sex, period_start
)

select * from final
