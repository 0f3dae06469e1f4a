/*
titel: Huisartsen geschoold in de diagnose dementie
vraag: Welk deel van de huisartsen in de lidpraktijken is geschoold in de diagnose dementie?
waarom: Een huisarts die de diagnose zelf stelt, hoeft minder vaak te verwijzen en helpt eerder.
teller: Geschoolde huisartsen volgens het bureau, alle gebieden en alle opgaven tot en met de peildag opgeteld; ten hoogste het aantal huisartsen.
noemer: Huisartsen in de laatste opgave personeel per lidpraktijk tot en met de peildag (op dezelfde dag de hoogste), opgeteld.
uitsluitingen: Praktijken die op die dag geen lid zijn; het bureau zelf. Alleen voor de regio als geheel.
maat: aandeel
soort: regio
klasse: bureau
gebied: regio
bronnen: bureau
venster:
beter: hoger
thema: 39
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata:
jaarcijfer: december
bron: Bureauregister, regiofeiten en personeel
referentie: Koers 2024, thema 39 Zorgpad dementie: 50 % van de huisartsen
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

trained as (
    select
        stg_periods.period_start,
        sum(region_facts.quantity) as doctors
    from region_facts
    inner join stg_periods
        on region_facts.fact_date <= stg_periods.period_end
    where region_facts.fact = 'huisarts_dementie_geschoold'
    group by stg_periods.period_start
),

staff_counts as (
    select
        staff.practice_id,
        stg_periods.period_start,
        staff.quantity,
        row_number() over (
            partition by staff.practice_id, stg_periods.period_start
            order by staff.counted_on desc, staff.quantity desc
        ) as row_rank
    from staff
    inner join stg_periods
        on staff.counted_on <= stg_periods.period_end
    where staff.function = 'huisarts'
),

employed as (
    select
        stg_memberships.period_start,
        sum(staff_counts.quantity) as doctors
    from stg_memberships
    inner join staff_counts
        on
            stg_memberships.practice_id = staff_counts.practice_id
            and stg_memberships.period_start = staff_counts.period_start
    where staff_counts.row_rank = 1
    group by stg_memberships.period_start
),

final as (
    select
        'regio' as practice_id,
        'regio' as area_id,
        employed.period_start,
        -- trained doctors who left are still in the sum, so it may outgrow those who work here
        cast(least(coalesce(trained.doctors, 0), employed.doctors) as bigint) as numerator,
        cast(employed.doctors as bigint) as denominator
    from employed
    left join trained
        on employed.period_start = trained.period_start
)

select * from final

/*
voorbeeld: scholingen tellen op, over alle gebieden; van het personeel telt de laatste opgave van lidpraktijken, alleen huisartsen
periode: 2022-12

practices
practice_id | area_id    | joined_on  | left_on
01000001    | nissewaard | 2010-01-01 |
01000002    | nissewaard | 2010-01-01 |
01000003    | nissewaard | 2010-01-01 | 2022-12-31

region_facts
area_id    | fact                        | fact_date  | quantity
regio      | huisarts_dementie_geschoold | 2021-05-01 | 1
nissewaard | huisarts_dementie_geschoold | 2022-12-31 | 2
regio      | huisarts_dementie_geschoold | 2023-01-01 | 4
regio      | scholing_deelnemers         | 2022-12-01 | 20

staff
practice_id | counted_on | function   | quantity
01000001    | 2021-12-31 | huisarts   | 9
01000001    | 2022-06-30 | huisarts   | 3
01000001    | 2022-06-30 | huisarts   | 2
01000001    | 2022-06-30 | assistente | 6
01000002    | 2022-06-30 | huisarts   | 5
01000002    | 2023-06-30 | huisarts   | 1
01000003    | 2022-06-30 | huisarts   | 4
bureau      | 2022-06-30 | huisarts   | 1

verwacht
practice_id | area_id | period_start | numerator | denominator
regio       | regio   | 2022-12-01   | 3         | 8
*/

/*
voorbeeld: zonder scholing is het nul; meer geschoolden dan huisartsen kan niet
periode: 2022-10..2022-12

region_facts
area_id | fact                        | fact_date  | quantity
regio   | huisarts_dementie_geschoold | 2022-12-15 | 4

staff
practice_id | counted_on | function | quantity
01000001    | 2022-11-30 | huisarts | 3

verwacht
area_id | period_start | numerator | denominator
regio   | 2022-11-01   | 0         | 3
regio   | 2022-12-01   | 3         | 3
*/
