/*
titel: Systolische bloeddruk tot en met 140 bij hart- en vaatziekten
vraag: Bij welk deel van de mensen met een hart- en vaatziekte in de ketenzorg is de laatste systolische bloeddruk van de afgelopen 12 maanden 140 mmHg of lager?
waarom: Een bloeddruk tot en met 140 mmHg hoort bij een kleinere kans op een tweede hart- of vaatziekte.
teller: Patiënten uit de noemer met een laatste systolische bloeddruk (1744, 2055, 3326, 2659 of 3336) van 140 mmHg of lager.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode uit de HVZ-lijst (K74, K75, K76, K89, K90.02, K90.03, K91, K92.01 of K99.01), minstens 12 maanden in het HVZ-programma met de huisarts als hoofdbehandelaar (of leeg), met een systolische bloeddruk in het venster.
uitsluitingen: Wie in het venster geen systolische bloeddruk heeft; passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: uitkomst
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 30
vakgroep: diabetes-cvrm
aandoeningen: hvz
begrippen: systolisch
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren CVRM
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

patients_in_care as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from chronic_months
    where care = 'hvz'
),

measured as (
    select
        patient_id,
        first_index,
        next_index,
        value
    from latest_values
    where concept = 'systolisch'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(*) filter (where measured.value <= 140) as numerator,
        count(*) as denominator
    from patients_in_care
    inner join measured
        on
            patients_in_care.patient_id = measured.patient_id
            and patients_in_care.period_index >= measured.first_index
            and patients_in_care.period_index < measured.next_index
            and patients_in_care.period_index < measured.first_index + 12
    group by
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start
)

select * from final

/*
voorbeeld: 140 telt, 141 niet; op dezelfde dag gaat de spreekkamer (1744) voor thuis (2055), en dan de hoogste; zonder meting geen noemer
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950

episodes
patient_id | icpc | start_date
1          | K74  | 2015-05-01
2          | K74  | 2015-05-01
3          | K74  | 2015-05-01
4          | K74  | 2015-05-01
5          | K74  | 2015-05-01

programmes
patient_id | programme | start_date
1          | HVZ       | 2016-01-01
2          | HVZ       | 2016-01-01
3          | HVZ       | 2016-01-01
4          | HVZ       | 2016-01-01
5          | HVZ       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 1744       | 2022-06-01  | 140
2          | 1744       | 2022-06-01  | 141
3          | 1744       | 2022-06-01  | 138
3          | 2055       | 2022-06-01  | 150
4          | 1744       | 2022-06-01  | 138
4          | 1744       | 2022-06-01  | 150
5          | 1744       | 2021-12-31  | 130

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 5
2022-12-01   | 2         | 4
*/
