/*
titel: Patiënten met obesitas
vraag: Welk deel van de ingeschreven patiënten heeft een actieve episode obesitas?
waarom: Laat zien hoe groot de groep is waarvoor de praktijk zorg organiseert.
teller: Ingeschreven patiënten met een actieve episode T82, subcodes inbegrepen.
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
thema: 23
vakgroep:
aandoeningen: obesitas
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes
referentie: ICPC-1-NL T82 (BMI 30 of hoger); T83 (overgewicht) hoort hier niet bij
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
    where condition = 'obesitas'
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
voorbeeld: een subcode telt mee, twee episodes zijn één patiënt, een andere code of een afgesloten episode telt niet; een gebied zonder deze patiënten staat op nul
periode: 2022-12

patients
patient_id | birth_year | postcode4
1          | 1950       | 3201
2          | 1950       | 3201
3          | 1950       | 1234
4          | 1950       | 3201

episodes
patient_id | icpc   | start_date | end_date
1          | T82    | 2015-05-01 |
1          | T82.01 | 2016-05-01 |
2          | T82.01 | 2022-12-31 |
3          | T83    | 2015-05-01 |
4          | T82    | 2015-05-01 | 2022-12-31

verwacht
area_id    | period_start | numerator | denominator
elders     | 2022-12-01   | 0         | 1
nissewaard | 2022-12-01   | 2         | 3
*/
