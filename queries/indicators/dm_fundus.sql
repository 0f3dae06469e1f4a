/*
titel: Funduscontrole gedaan bij diabetes
vraag: Bij welk deel van de mensen met diabetes type 2 in de ketenzorg is het netvlies in de laatste 36 maanden gecontroleerd?
waarom: Schade aan het netvlies geeft lang geen klachten en is op tijd gevonden te behandelen.
teller: Patiënten uit de noemer met een bepaling van de funduscontrole (2129, 1638, 1652 of 1653) in het venster.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode T90.02, minstens 12 maanden in het DM2-programma met de huisarts als hoofdbehandelaar (of leeg).
uitsluitingen: Wie tot en met de peildag het antwoord "geen funduscontrole meer noodzakelijk" (2717) kreeg; passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 36
beter: hoger
thema: 30
vakgroep: diabetes-cvrm
aandoeningen: dm2
begrippen: fundus
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren diabetes mellitus type 2
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

-- the answer frees a patient for good, however long ago it was given
exclusions as (
    select
        patient_id,
        min(year(measured_on) * 12 + month(measured_on)) as exempt_index
    from stg_concept_rows
    where
        concept = 'fundusbeleid'
        and answer = 'geen funduscontrole meer noodzakelijk'
    group by patient_id
),

eligible as (
    select
        chronic_months.practice_id,
        chronic_months.patient_id,
        chronic_months.area_id,
        chronic_months.age_band,
        chronic_months.sex,
        chronic_months.period_start,
        chronic_months.period_index
    from chronic_months
    left join exclusions
        on
            chronic_months.patient_id = exclusions.patient_id
            and chronic_months.period_index >= exclusions.exempt_index
    where
        chronic_months.care = 'dm'
        and exclusions.patient_id is null
),

measured as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'fundus'
),

final as (
    select
        eligible.practice_id,
        eligible.area_id,
        eligible.age_band,
        eligible.sex,
        eligible.period_start,
        count(measured.patient_id) as numerator,
        count(*) as denominator
    from eligible
    left join measured
        on
            eligible.patient_id = measured.patient_id
            and eligible.period_index >= measured.first_index
            and eligible.period_index < measured.next_index
            and eligible.period_index < measured.first_index + 36
    group by
        eligible.practice_id,
        eligible.area_id,
        eligible.age_band,
        eligible.sex,
        eligible.period_start
)

select * from final

/*
voorbeeld: 36 maanden terug telt nog, een dag eerder niet; beleid alleen is geen controle
periode: 2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.02 | 2015-05-01
4          | T90.02 | 2015-05-01

programmes
patient_id | programme | start_date
1          | DM2       | 2016-01-01
2          | DM2       | 2016-01-01
3          | DM2       | 2016-01-01
4          | DM2       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value | answer
1          | 2129       | 2020-01-01  | 1     |
2          | 1638       | 2019-12-31  | 1     |
3          | 2717       | 2022-05-01  |       | overig
4          | 1653       | 2022-12-31  |       | ja

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 4
*/

/*
voorbeeld: wie geen controle meer nodig heeft verlaat de noemer in de maand van het antwoord, en voorgoed
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.02 | 2015-05-01

programmes
patient_id | programme | start_date
1          | DM2       | 2016-01-01
2          | DM2       | 2016-01-01
3          | DM2       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | answer
1          | 2717       | 2013-05-01  | geen funduscontrole meer noodzakelijk
1          | 2717       | 2022-05-01  | overig
2          | 2717       | 2022-12-31  | geen funduscontrole meer noodzakelijk

verwacht
period_start | numerator | denominator
2022-11-01   | 0         | 2
2022-12-01   | 0         | 1
*/
