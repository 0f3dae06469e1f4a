/*
titel: Patiënten in het ketenzorgprogramma astma
vraag: Welk deel van de ingeschreven patiënten neemt deel aan het ketenzorgprogramma astma?
waarom: Laat zien hoeveel patiënten de praktijk in de zorgstraat begeleidt.
teller: Ingeschreven patiënten die op de peildag in het programma ASTMA zijn, met de huisarts als hoofdbehandelaar (of leeg).
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten; wie de specialist als hoofdbehandelaar heeft.
maat: aandeel
soort: stand
klasse: populatie
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster:
beter: geen
thema: 30
vakgroep: astma-copd
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: VIPLive-ketenzorg en HIS-inschrijvingen
referentie: Jaarverslag 2022, Een jaar in cijfers; Koers 2024, thema 30
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
    from programme_months
    where programme = 'ASTMA'
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
voorbeeld: de specialist als hoofdbehandelaar telt niet, leeg wel; een einddatum op de peildag is al uit het programma; wie niet meer ingeschreven is telt nergens
periode: 2022-12

patients
patient_id | birth_year | postcode4 | registered_until
1          | 1950       | 3201      |
2          | 1950       | 3201      |
3          | 1950       | 3201      |
4          | 1950       | 1234      |
5          | 1950       | 3201      | 2022-12-15

programmes
patient_id | programme | start_date | end_date   | main_clinician
1          | ASTMA     | 2022-12-31 |            | huisarts
2          | ASTMA     | 2016-01-01 | 2023-01-01 |
3          | ASTMA     | 2016-01-01 |            | specialist
4          | ASTMA     | 2016-01-01 | 2022-12-31 | huisarts
5          | ASTMA     | 2016-01-01 |            | huisarts

verwacht
area_id    | period_start | numerator | denominator
elders     | 2022-12-01   | 0         | 1
nissewaard | 2022-12-01   | 2         | 3
*/
