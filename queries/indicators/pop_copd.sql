/*
titel: Patiënten met COPD
vraag: Welk deel van de ingeschreven patiënten heeft een actieve episode COPD?
waarom: Laat zien hoe groot de groep is waarvoor de praktijk zorg organiseert.
teller: Ingeschreven patiënten met een actieve episode R95.
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten.
maat: aandeel
soort: stand
klasse: populatie
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS
venster:
beter: geen
thema: 30
vakgroep: astma-copd
aandoeningen: copd
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes
referentie: NHG/InEen; ketenzorg telt R95, VZinfo telt R91 en R95
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
    where condition = 'copd'
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
voorbeeld: een subcode telt mee, een afgesloten episode niet, inactief zonder einde niet
periode: 2022-12

patients
patient_id | birth_year | registered_from
1          | 1950       | 2010-01-01
2          | 1950       | 2010-01-01
3          | 1950       | 2010-01-01
4          | 1950       | 2010-01-01

episodes
patient_id | icpc   | start_date | end_date   | status
1          | R95    | 2015-05-01 |            | actief
1          | R95.01 | 2016-05-01 |            |
2          | R95    | 2015-05-01 | 2022-12-31 | inactief
3          | R95    | 2015-05-01 |            | inactief
4          | R95    | 2015-05-01 | 2023-01-01 | inactief

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 4
*/
