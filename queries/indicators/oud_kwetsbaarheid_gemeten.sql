/*
titel: Kwetsbaarheid gemeten bij 75-plussers
vraag: Bij welk deel van de patiënten van 75 jaar en ouder is de kwetsbaarheid in de laatste 12 maanden beoordeeld?
waarom: Wie weet welke ouderen kwetsbaar zijn, kan zorg organiseren voordat het misgaat.
teller: Patiënten uit de noemer met in het venster een antwoord ja of nee op kwetsbaarheid (HIS 2785, 2808 of 3686), een rij VIPLive-kwetsbaarheid, of een begonnen episode A05.
noemer: Vast ingeschreven patiënten van 75 jaar of ouder.
uitsluitingen: Passanten; jonger dan 75 jaar.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 35
vakgroep: ouderenzorg
aandoeningen:
begrippen: kwetsbaarheid
strata:
jaarcijfer:
bron: HIS-bepalingen en -episodes, VIPLive-kwetsbaarheid
referentie: Koers 2024, thema 35 Gestructureerde ouderenzorg; InEen-indicatoren ouderenzorg (2023)
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

elderly as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from registered_months
    where age >= 75
),

assessed as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'kwetsbaarheid'
),

started as (
    select distinct
        stg_condition_starts.patient_id,
        stg_periods.period_start
    from stg_condition_starts
    inner join stg_periods
        on
            year(stg_condition_starts.start_date) * 12 + month(stg_condition_starts.start_date)
            between stg_periods.period_index - 11 and stg_periods.period_index
    where stg_condition_starts.condition = 'kwetsbaar'
),

final as (
    select
        elderly.practice_id,
        elderly.area_id,
        elderly.age_band,
        elderly.sex,
        elderly.period_start,
        count(*) filter (
            where assessed.patient_id is not null or started.patient_id is not null
        ) as numerator,
        count(*) as denominator
    from elderly
    left join assessed
        on
            elderly.patient_id = assessed.patient_id
            and elderly.period_index >= assessed.first_index
            and elderly.period_index < assessed.next_index
            and elderly.period_index < assessed.first_index + 12
    left join started
        on
            elderly.patient_id = started.patient_id
            and elderly.period_start = started.period_start
    group by elderly.practice_id, elderly.area_id, elderly.age_band, elderly.sex, elderly.period_start
)

select * from final

/*
voorbeeld: antwoord, VIPLive-rij of begonnen A05 in het venster is genoeg; een oudere A05 die nog actief is niet; jonger dan 75 telt niet
periode: 2022-12

patients
patient_id | birth_year
1          | 1940
2          | 1940
3          | 1940
4          | 1940
5          | 1940
6          | 1948
7          | 1947

episodes
patient_id | icpc | start_date | end_date
3          | A05  | 2022-01-01 |
4          | A05  | 2021-12-31 |
7          | A05  | 2022-03-01 | 2022-09-01
7          | A05  | 2022-10-01 |

measurements
patient_id | nhg_number | measured_on | answer
1          | 2785       | 2022-01-01  | nee
5          | 2808       | 2021-12-31  | ja
6          | 2785       | 2022-06-01  | ja

frailty_assessments
patient_id | assessed_on | instrument | frail
2          | 2022-12-31  | TraZAG     |

verwacht
period_start | numerator | denominator
2022-12-01   | 4         | 6
*/
