/*
titel: Patiënten van 16 jaar en ouder met astma
vraag: Welk deel van de ingeschreven patiënten is 16 jaar of ouder en heeft een actieve episode astma?
waarom: Laat zien hoe groot de groep is waarvoor de praktijk zorg organiseert.
teller: Ingeschreven patiënten van 16 jaar of ouder met een actieve episode R96, subcodes inbegrepen behalve R96.01.
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten; R96.01; jonger dan 16 jaar.
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
aandoeningen: astma
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes
referentie: InEen-indicatoren astma (2023)
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
    where
        condition = 'astma'
        and age >= 16
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
voorbeeld: 16 jaar telt en 15 niet; R96.01 alleen telt niet, met R96.02 erbij wel
periode: 2022-12

patients
patient_id | birth_year
1          | 2006
2          | 2007
3          | 1950
4          | 1950
5          | 1950

episodes
patient_id | icpc   | start_date
1          | R96    | 2015-05-01
2          | R96    | 2015-05-01
3          | R96.01 | 2015-05-01
4          | R96.01 | 2015-05-01
4          | R96.02 | 2016-05-01

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 5
*/

/*
voorbeeld: leeftijd is het jaar van de peildag min het geboortejaar, dus op 1 januari komt er een geboortejaar bij
periode: 2022-12..2023-01

patients
patient_id | birth_year
1          | 2007

episodes
patient_id | icpc | start_date
1          | R96  | 2015-05-01

verwacht
period_start | numerator | denominator
2022-12-01   | 0         | 1
2023-01-01   | 1         | 1
*/
