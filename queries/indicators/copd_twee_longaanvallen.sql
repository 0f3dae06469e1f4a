/*
titel: Twee of meer longaanvallen bij COPD
vraag: Welk deel van de mensen met COPD in de ketenzorg had volgens de laatste opgave van de afgelopen 12 maanden twee of meer longaanvallen?
waarom: Elke longaanval kost longfunctie; wie er twee of meer per jaar heeft, heeft een andere behandeling nodig.
teller: Patiënten uit de noemer van wie het laatst vastgelegde aantal longaanvallen (3549) twee of meer is.
noemer: Vast ingeschreven, 40 jaar of ouder, actieve episode R95, minstens 12 maanden in het COPD-programma met de huisarts als hoofdbehandelaar (of leeg), met een vastgelegd aantal longaanvallen in het venster.
uitsluitingen: Wie in het venster geen aantal longaanvallen heeft; passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: uitkomst
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: lager
thema: 30
vakgroep: astma-copd
aandoeningen: copd
begrippen: longaanvallen
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren COPD; sinds 2018 telt het aantal vastgelegde longaanvallen, daarvoor het aantal stootkuren
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
    where care = 'copd'
),

measured as (
    select
        patient_id,
        first_index,
        next_index,
        value
    from latest_values
    where concept = 'longaanvallen'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(*) filter (where measured.value >= 2) as numerator,
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
voorbeeld: twee telt, een niet; de laatste opgave telt, op dezelfde dag de hoogste; wie geen opgave heeft staat niet in de noemer
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
1          | R95  | 2015-05-01
2          | R95  | 2015-05-01
3          | R95  | 2015-05-01
4          | R95  | 2015-05-01
5          | R95  | 2015-05-01

programmes
patient_id | programme | start_date
1          | COPD      | 2016-01-01
2          | COPD      | 2016-01-01
3          | COPD      | 2016-01-01
4          | COPD      | 2016-01-01
5          | COPD      | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 3549       | 2022-06-01  | 2
2          | 3549       | 2022-06-01  | 1
3          | 3549       | 2022-03-01  | 4
3          | 3549       | 2022-09-01  | 0
4          | 3549       | 2022-06-01  | 1
4          | 3549       | 2022-06-01  | 3
5          | 3549       | 2021-12-31  | 5

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 5
2022-12-01   | 2         | 4
*/
