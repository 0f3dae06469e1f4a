/*
titel: Praktijken met telemonitoring CVRM
vraag: In hoeveel praktijken wordt minstens één patiënt thuis gevolgd voor CVRM?
waarom: Wie thuis de bloeddruk meet, hoeft minder vaak naar de praktijk en wordt eerder bijgesteld.
teller: Lidpraktijken met op de peildag minstens één lopende rij VIPLive-telemonitoring voor CVRM.
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
vakgroep: diabetes-cvrm
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
    where telemonitoring.condition = 'CVRM'
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
voorbeeld: begonnen op de peildag loopt al, gestopt op de peildag niet meer; COPD is een ander programma; twee patiënten is ook één praktijk
periode: 2022-12

practices
practice_id | area_id    | joined_on  | left_on
01000001    | nissewaard | 2010-01-01 |
01000002    | nissewaard | 2010-01-01 |
01000003    | nissewaard | 2010-01-01 |
01000004    | nissewaard | 2010-01-01 | 2022-12-31

telemonitoring
practice_id | patient_id | start_date | end_date   | condition
01000001    | 1          | 2022-12-31 |            | CVRM
01000001    | 2          | 2022-12-31 |            | CVRM
01000004    | 9          | 2021-03-01 |            | CVRM
01000002    | 3          | 2021-03-01 | 2022-12-31 | CVRM
01000003    | 4          | 2021-03-01 |            | COPD
01000003    | 5          | 2023-01-01 |            | CVRM

verwacht
practice_id | numerator | denominator
01000001    | 1         | 1
01000002    | 0         | 1
01000003    | 0         | 1
*/
