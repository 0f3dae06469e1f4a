/*
titel: Patiënten met een verhoogd vasculair risico
vraag: Welk deel van de ingeschreven patiënten heeft hypertensie of een vetstofwisselingsstoornis, zonder hart- of vaatziekte en zonder diabetes type 2?
waarom: Laat zien hoe groot de groep is waarvoor de praktijk zorg organiseert.
teller: Ingeschreven patiënten met een actieve episode K86, K87 of T93, zonder actieve hart- of vaatziekte (InEen-lijst) en zonder actieve diabetes type 2 (T90.02).
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten; wie ook een actieve hart- of vaatziekte of diabetes type 2 (T90.02) heeft.
maat: aandeel
soort: stand
klasse: populatie
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS
venster:
beter: geen
thema: 30
vakgroep: diabetes-cvrm
aandoeningen: vrm
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes
referentie: InEen-indicatoren verhoogd vasculair risico (VVR 2023)
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

exclusions as (
    select distinct
        patient_id,
        period_start
    from condition_months
    where condition in ('hvz', 'dm2')
),

counted as (
    select
        condition_months.practice_id,
        condition_months.area_id,
        condition_months.age_band,
        condition_months.sex,
        condition_months.period_start,
        count(*) as numerator
    from condition_months
    left join exclusions
        on
            condition_months.patient_id = exclusions.patient_id
            and condition_months.period_start = exclusions.period_start
    where
        condition_months.condition = 'vrm'
        and exclusions.patient_id is null
    group by
        condition_months.practice_id,
        condition_months.area_id,
        condition_months.age_band,
        condition_months.sex,
        condition_months.period_start
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
voorbeeld: wie ook een actieve hart- of vaatziekte of T90.02 heeft valt af; een afgesloten hartziekte sluit niet uit
periode: 2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950
6          | 1950

episodes
patient_id | icpc   | start_date | end_date
1          | K86    | 2015-05-01 |
1          | T93.01 | 2016-05-01 |
2          | K87    | 2015-05-01 |
2          | K76    | 2018-05-01 |
3          | T93    | 2015-05-01 |
3          | T90.02 | 2018-05-01 |
4          | K86    | 2015-05-01 |
4          | K75    | 2018-05-01 | 2020-01-01
5          | K86    | 2015-05-01 |
5          | T90.01 | 2018-05-01 |
6          | K85    | 2015-05-01 |

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 6
*/
