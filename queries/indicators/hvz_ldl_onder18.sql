/*
titel: LDL-cholesterol onder 1,8 bij hart- en vaatziekten
vraag: Bij welk deel van de mensen met een hart- en vaatziekte jonger dan 70 jaar in de ketenzorg is het laatste LDL-cholesterol van de afgelopen 12 maanden lager dan 1,8 mmol/l?
waarom: Onder 70 jaar is de winst van een laag LDL-cholesterol na een hart- of vaatziekte het grootst.
teller: Patiënten uit de noemer met een laatste LDL-cholesterol (542, 2683 of 3854) onder 1,8 mmol/l.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode uit de HVZ-lijst (K74, K75, K76, K89, K90.02, K90.03, K91, K92.01 of K99.01), minstens 12 maanden in het HVZ-programma met de huisarts als hoofdbehandelaar (of leeg), jonger dan 70 jaar, met een LDL-cholesterol in het venster.
uitsluitingen: Wie in het venster geen LDL-cholesterol heeft; wie 70 jaar of ouder is; passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
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
begrippen: ldl
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG-Standaard CVRM (2019); NHG/InEen-indicatoren CVRM
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
    where
        care = 'hvz'
        and age < 70
),

measured as (
    select
        patient_id,
        first_index,
        next_index,
        value
    from latest_values
    where concept = 'ldl'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(*) filter (where measured.value < 1.8e0) as numerator,
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
voorbeeld: wie 69 wordt telt nog mee, wie 70 wordt niet; 1,8 zelf is niet onder 1,8
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1953
2          | 1952
3          | 1960
4          | 1960
5          | 1960

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
1          | 542        | 2022-06-01  | 1.7
2          | 542        | 2022-06-01  | 1.7
3          | 542        | 2022-06-01  | 1.8
4          | 542        | 2022-03-01  | 2.4
4          | 3854       | 2022-09-01  | 1.5
5          | 542        | 2021-12-31  | 1.5

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 4
2022-12-01   | 2         | 3
*/
