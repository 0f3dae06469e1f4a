/*
titel: Aandelen van de regio per leeftijdsgroep en geslacht
korrel: een rij per indicator, leeftijdsgroep, geslacht en tijdvak; een stand neemt de laatste maand
*/
with

final as (
    select
        age_sex_counts.indicator_id as indicator,
        age_sex_counts.age_band,
        age_sex_counts.sex,
        stock_spans.span as period,
        age_sex_counts.numerator,
        age_sex_counts.denominator
    from age_sex_counts
    inner join stock_spans
        on age_sex_counts.period_start = stock_spans.period_start
)

select * from final
