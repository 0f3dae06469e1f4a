/*
titel: Kwetsbare ouderen
vraag: Welk deel van de ingeschreven patiënten is 75 jaar of ouder en staat als kwetsbaar te boek?
waarom: Laat zien hoe groot de groep is die gestructureerde ouderenzorg nodig heeft.
teller: Ingeschreven patiënten van 75 jaar of ouder met een actieve episode A05, of met ja als laatste antwoord op kwetsbaarheid tot en met de peildag (HIS 2785, 2808, 3686 of VIPLive; op dezelfde dag gaat 2785 voor 2808, 3686 en VIPLive, en van hetzelfde nummer ja voor nee).
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten.
maat: aandeel
soort: stand
klasse: populatie
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster:
beter: geen
thema: 35
vakgroep: ouderenzorg
aandoeningen:
begrippen: kwetsbaarheid
strata:
jaarcijfer:
bron: HIS-episodes en -bepalingen, VIPLive-kwetsbaarheid
referentie: InEen-indicatoren ouderenzorg (2023)
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

frail_by_episode as (
    select
        patient_id,
        period_start
    from condition_months
    where condition = 'kwetsbaar'
),

frail_by_answer as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where
        concept = 'kwetsbaarheid_antwoord'
        and answer = 'ja'
),

counted as (
    select
        registered_months.practice_id,
        registered_months.area_id,
        registered_months.age_band,
        registered_months.sex,
        registered_months.period_start,
        count(*) as numerator
    from registered_months
    left join frail_by_episode
        on
            registered_months.patient_id = frail_by_episode.patient_id
            and registered_months.period_start = frail_by_episode.period_start
    left join frail_by_answer
        on
            registered_months.patient_id = frail_by_answer.patient_id
            and registered_months.period_index >= frail_by_answer.first_index
            and registered_months.period_index < frail_by_answer.next_index
    where
        registered_months.age >= 75
        and (
            frail_by_episode.patient_id is not null
            or frail_by_answer.patient_id is not null
        )
    group by
        registered_months.practice_id,
        registered_months.area_id,
        registered_months.age_band,
        registered_months.sex,
        registered_months.period_start
),

final as (
    select
        registered_age_sex_counts.practice_id,
        registered_age_sex_counts.area_id,
        registered_age_sex_counts.age_band,
        registered_age_sex_counts.sex,
        registered_age_sex_counts.period_start,
        coalesce(counted.numerator, 0) as numerator,
        registered_age_sex_counts.patients as denominator
    from registered_age_sex_counts
    left join counted
        on
            registered_age_sex_counts.practice_id = counted.practice_id
            and registered_age_sex_counts.area_id = counted.area_id
            and registered_age_sex_counts.age_band = counted.age_band
            and registered_age_sex_counts.sex = counted.sex
            and registered_age_sex_counts.period_start = counted.period_start
)

select * from final

/*
voorbeeld: A05 of een laatste antwoord ja is genoeg; een later nee heft een ja op, een rij zonder antwoord niet; jonger dan 75 telt niet
periode: 2022-12

patients
patient_id | birth_year
1          | 1947
2          | 1940
3          | 1940
4          | 1940
5          | 1948
6          | 1940

episodes
patient_id | icpc | start_date
1          | A05  | 2020-05-01
5          | A05  | 2020-05-01

measurements
patient_id | nhg_number | measured_on | answer
2          | 2785       | 2014-03-01  | ja
3          | 2808       | 2022-03-01  | ja
4          | 3686       | 2022-03-01  | ja

frailty_assessments
patient_id | assessed_on | instrument | frail
3          | 2022-09-01  | TraZAG     | false
4          | 2022-09-01  | GFI        |

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 6
*/

/*
voorbeeld: op dezelfde dag gaat 2785 voor 2808 en voor VIPLive, en van hetzelfde nummer ja voor nee
periode: 2022-12

patients
patient_id | birth_year
1          | 1940
2          | 1940
3          | 1940
4          | 1940

measurements
patient_id | nhg_number | measured_on | answer
1          | 2785       | 2022-03-01  | nee
2          | 2785       | 2022-03-01  | ja
3          | 2785       | 2022-03-01  | nee
3          | 2808       | 2022-03-01  | ja
4          | 3686       | 2022-03-01  | nee
4          | 3686       | 2022-03-01  | ja

frailty_assessments
patient_id | assessed_on | instrument | frail
1          | 2022-03-01  | TraZAG     | true
2          | 2022-03-01  | TraZAG     | false

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 4
*/
