/*
titel: In welke maanden een praktijk bij een indicator meetelt: lid, geleverd en van toepassing
korrel: een rij per indicator, praktijk en maand
*/
with

final as (
    select
        indicator_catalogue.indicator_id,
        practice_states.practice_id,
        practice_states.period_start
    from practice_states
    inner join indicator_catalogue
        on practice_states.requirement = indicator_catalogue.requirement
    where practice_states.state = 'value'
)

select * from final
