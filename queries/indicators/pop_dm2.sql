/*
titel: Patiënten met diabetes type 2
vraag: Welk deel van de ingeschreven patiënten heeft een actieve episode diabetes mellitus type 2?
waarom: Laat zien hoe groot de groep is waarvoor de praktijk zorg organiseert.
teller: Ingeschreven patiënten met een actieve episode T90.02.
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten; T90 zonder subcode en T90.01 (type 1, LADA).
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
aandoeningen: dm2
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes
referentie: NHG-indicatoren diabetes mellitus type 2 (2018); T90.02 omvat MODY
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

counted as (
    select
        practice_id,
        area_id,
        age_band,
        sex,
        period_start,
        count(*) as numerator
    from condition_months
    where condition = 'dm2'
    group by practice_id, area_id, age_band, sex, period_start
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
voorbeeld: alleen T90.02 telt; een episode die op de laatste dag begint telt, een die op die dag eindigt niet
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
1          | T90.02 | 2015-05-01 |
2          | T90    | 2015-05-01 |
3          | T90.01 | 2015-05-01 |
4          | T90.02 | 2022-12-31 |
5          | T90.02 | 2023-01-01 |
6          | T90.02 | 2015-05-01 | 2022-12-31

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 6
*/
