/*
titel: Patiënten met een hart- of vaatziekte
vraag: Welk deel van de ingeschreven patiënten heeft een actieve episode van een hart- of vaatziekte?
waarom: Laat zien hoe groot de groep is waarvoor de praktijk zorg organiseert.
teller: Ingeschreven patiënten met een actieve episode K74, K75, K76, K89, K90.02, K90.03, K91, K92.01 of K99.01.
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten; K90, K92 en K99 zonder deze subcodes.
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
aandoeningen: hvz
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes
referentie: InEen-lijst hart- en vaatziekten (VVR 2023)
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
    where condition = 'hvz'
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
voorbeeld: een driecijferige code omvat zijn subcodes, K90 zonder subcode staat niet op de lijst, twee ziekten zijn één patiënt
periode: 2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950
6          | 1950
7          | 1950

episodes
patient_id | icpc   | start_date
1          | K76.02 | 2015-05-01
1          | K90.03 | 2018-05-01
2          | K90    | 2015-05-01
3          | K90.02 | 2015-05-01
4          | K90.01 | 2015-05-01
5          | K92.01 | 2015-05-01
6          | K92    | 2015-05-01
7          | K99.01 | 2015-05-01

verwacht
period_start | numerator | denominator
2022-12-01   | 4         | 7
*/
