/*
titel: Signalerende huisbezoeken bij 75-plussers
vraag: Hoeveel kwetsbaarheidsoordelen kwamen er in de maand uit een signalerend huisbezoek?
waarom: Het huisbezoek vindt ouderen die zelf niet naar de praktijk komen.
teller: Rijen VIPLive-kwetsbaarheid met bron huisbezoek75, ten hoogste een per patiënt per dag.
noemer: Vast ingeschreven patiënten van 75 jaar of ouder.
uitsluitingen: Oordelen uit de praktijk; bezoeken bij wie op die dag niet ingeschreven is.
maat: aantal
soort: stroom
klasse: beweging
gebied: patiënt
bronnen: HIS, VIPLive
venster:
beter: hoger
thema: 34
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: VIPLive-kwetsbaarheid
referentie: Koers 2024, thema 34 75+ signalerende huisbezoeken
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

home_visits as (
    select distinct
        practice_id,
        patient_id,
        assessed_on
    from frailty_assessments
    where source = 'huisbezoek75'
),

counted as (
    select
        home_visits.practice_id,
        stg_patients.area_id,
        stg_periods.period_start
    from home_visits
    inner join stg_registrations
        on
            home_visits.patient_id = stg_registrations.patient_id
            and home_visits.assessed_on >= stg_registrations.registered_from
            and home_visits.assessed_on < stg_registrations.registered_until
    inner join stg_patients
        on home_visits.patient_id = stg_patients.patient_id
    inner join stg_periods
        on
            home_visits.assessed_on >= stg_periods.period_start
            and home_visits.assessed_on <= stg_periods.period_end
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start
    union all
    select
        practice_id,
        area_id,
        period_start,
        0 as numerator,
        patients_75plus as denominator
    from registered_counts
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start
)

select * from final

/*
voorbeeld: twee instrumenten op een dag zijn één bezoek; een oordeel uit de praktijk is geen bezoek; wie die dag is uitgeschreven telt niet
periode: 2022-12

patients
patient_id | birth_year | registered_until
1          | 1940       |
2          | 1940       |
3          | 1940       | 2022-12-10

frailty_assessments
patient_id | assessed_on | instrument | frail | source
1          | 2022-12-01  | TraZAG     | true  | huisbezoek75
1          | 2022-12-01  | GFI        | true  | huisbezoek75
1          | 2022-12-31  | TraZAG     |       | huisbezoek75
2          | 2022-12-05  | TraZAG     | true  | praktijk
2          | 2022-11-30  | TraZAG     | false | huisbezoek75
2          | 2022-12-06  | TraZAG     | false |
3          | 2022-12-10  | TraZAG     | true  | huisbezoek75

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 2
*/

/*
voorbeeld: de noemer telt alleen 75-plussers; een bezoek bij wie jonger is telt wel als bezoek, vanaf de dag van inschrijving
periode: 2022-12

patients
patient_id | birth_year | registered_from
1          | 1947       | 2010-01-01
2          | 1948       | 2022-12-05

frailty_assessments
patient_id | assessed_on | instrument | frail | source
2          | 2022-12-04  | TraZAG     | false | huisbezoek75
2          | 2022-12-05  | TraZAG     | false | huisbezoek75

verwacht
period_start | numerator | denominator
2022-12-01   | 1         | 1
*/
