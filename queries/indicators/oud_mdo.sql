/*
titel: Multidisciplinair overleg bij 75-plussers
vraag: Welk deel van de patiënten van 75 jaar en ouder is in de laatste 12 maanden in een multidisciplinair overleg besproken?
waarom: In het overleg stemmen huisarts, wijkverpleging en specialist ouderengeneeskunde af wie wat doet.
teller: Patiënten uit de noemer met een bepaling multidisciplinair overleg (3982) in het HIS of een MDO in VIPLive, in het venster.
noemer: Vast ingeschreven patiënten van 75 jaar of ouder.
uitsluitingen: Passanten; jonger dan 75 jaar; plannen IZP en MBO.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 35
vakgroep: ouderenzorg
aandoeningen:
begrippen: mdo
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-zorgplannen
referentie: Koers 2024, thema 35 Gestructureerde ouderenzorg; InEen-indicatoren ouderenzorg (2023)
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

elderly as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from registered_months
    where age >= 75
),

discussed as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'mdo'
),

final as (
    select
        elderly.practice_id,
        elderly.area_id,
        elderly.age_band,
        elderly.sex,
        elderly.period_start,
        count(discussed.patient_id) as numerator,
        count(*) as denominator
    from elderly
    left join discussed
        on
            elderly.patient_id = discussed.patient_id
            and elderly.period_index >= discussed.first_index
            and elderly.period_index < discussed.next_index
            and elderly.period_index < discussed.first_index + 12
    group by elderly.practice_id, elderly.area_id, elderly.age_band, elderly.sex, elderly.period_start
)

select * from final

/*
voorbeeld: HIS of VIPLive is genoeg en samen één patiënt; een zorgplan is geen overleg; de eerste dag van het venster telt, een dag eerder niet; jonger dan 75 telt niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1940
2          | 1947
3          | 1940
4          | 1940
5          | 1948

measurements
patient_id | nhg_number | measured_on | answer
1          | 3982       | 2022-01-01  | ja
4          | 3982       | 2021-12-31  | ja
5          | 3982       | 2022-06-01  | ja

care_plans
patient_id | planned_on | kind
1          | 2022-06-01 | MDO
2          | 2022-12-31 | MDO
3          | 2022-06-01 | IZP

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 4
2022-12-01   | 2         | 4
*/
