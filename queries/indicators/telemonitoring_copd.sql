/*
titel: Praktijken met telemonitoring COPD
vraag: In hoeveel praktijken wordt minstens één patiënt thuis gevolgd voor COPD?
waarom: Wie thuis zijn klachten bijhoudt, merkt een longaanval eerder op.
teller: Lidpraktijken met op de peildag minstens één lopende rij VIPLive-telemonitoring voor COPD.
noemer: Lidpraktijken op de laatste dag van de maand.
uitsluitingen: Praktijken die op die dag geen lid zijn.
maat: aandeel
soort: praktijk
klasse: praktijk
gebied: praktijk
bronnen: VIPLive
venster:
beter: hoger
thema: 31
vakgroep: astma-copd
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: VIPLive-telemonitoring
referentie: Koers 2024, thema 31 Telemonitoring CVRM en COPD
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

monitored as (
    select distinct
        telemonitoring.practice_id,
        stg_periods.period_start
    from telemonitoring
    inner join stg_periods
        on
            telemonitoring.start_date <= stg_periods.period_end
            and coalesce(telemonitoring.end_date > stg_periods.period_end, true)
    where telemonitoring.condition = 'COPD'
),

final as (
    select
        stg_memberships.practice_id,
        stg_practices.area_id,
        stg_memberships.period_start,
        case when monitored.practice_id is not null then 1 else 0 end as numerator,
        1 as denominator
    from stg_memberships
    inner join stg_practices
        on stg_memberships.practice_id = stg_practices.practice_id
    left join monitored
        on
            stg_memberships.practice_id = monitored.practice_id
            and stg_memberships.period_start = monitored.period_start
)

select * from final

/*
voorbeeld: begonnen op de peildag of gestopt een dag erna loopt; gestopt op de peildag niet meer; twee patiënten is één praktijk; CVRM telt hier niet
periode: 2022-12

practices
practice_id | area_id    | joined_on
01000001    | nissewaard | 2010-01-01
01000002    | nissewaard | 2010-01-01
01000003    | nissewaard | 2010-01-01
01000004    | nissewaard | 2010-01-01

telemonitoring
practice_id | patient_id | start_date | end_date   | condition
01000001    | 1          | 2022-12-31 | 2023-01-01 | COPD
01000002    | 2          | 2022-06-01 |            | CVRM
01000003    | 3          | 2022-06-01 | 2022-12-31 | COPD
01000004    | 4          | 2022-06-01 |            | COPD
01000004    | 5          | 2022-07-01 |            | COPD

verwacht
practice_id | numerator | denominator
01000001    | 1         | 1
01000002    | 0         | 1
01000003    | 0         | 1
01000004    | 1         | 1
*/

/*
voorbeeld: de maand waarin de laatste patiënt stopt telt niet meer, de maand ervoor nog wel
periode: 2022-11..2022-12

telemonitoring
practice_id | patient_id | start_date | end_date   | condition
01000001    | 1          | 2022-06-01 | 2022-12-15 | COPD

verwacht
area_id    | period_start | numerator | denominator
nissewaard | 2022-11-01   | 1         | 1
nissewaard | 2022-12-01   | 0         | 1
*/
